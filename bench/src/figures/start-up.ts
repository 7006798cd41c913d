import { makeDataDir, removeDataDir, startDesk } from '../desk.ts'
import type { Line } from '../table.ts'
import { quantile } from '../quantile.ts'

const rounds = 3

/** The time of `npm start` on an installed and built checkout, until the line that says it is ready. */
export async function startUp(): Promise<Line[]> {
  const first: number[] = []
  const warm: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = makeDataDir()
    try {
      first.push(await timeToReady(dataDir))
      warm.push(await timeToReady(dataDir))
    } finally {
      removeDataDir(dataDir)
    }
  }
  return [
    { what: 'first start to ready', measured: seconds(first), goal: '≤ 6 s' },
    { what: 'warm start to ready', measured: seconds(warm), goal: '≤ 2 s' },
  ]
}

async function timeToReady(dataDir: string): Promise<number> {
  const desk = await startDesk(dataDir, ['npm', 'start', '--silent'])
  await desk.stop()
  return desk.readyMs
}

function seconds(times: readonly number[]): string {
  return `${(quantile(times, 0.5) / 1000).toFixed(2)} s (median of ${times.length})`
}
