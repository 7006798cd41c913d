import { setTimeout as delay } from 'node:timers/promises'
import type { Attack } from '../attack.ts'
import { underAttack as whileAttacked } from '../attack.ts'
import { client } from '../client.ts'
import { startDesk } from '../desk.ts'
import type { Desk } from '../desk.ts'
import type { Crew, Owner } from '../fill.ts'
import { watchMemory } from '../processes.ts'
import { quantile } from '../quantile.ts'
import type { Line } from '../table.ts'

const attacks: Record<Attack, string> = {
  passwords: '200 set-ups and 200 sign-ins that fail, each of another network',
  handshakes: '1,000 polling handshakes without CONNECT and 13 urgent tickets',
  brokenOff: '400 anonymous requests that break off',
}

const forMs = 12_000

/** Each operation starts again after this many milliseconds. One account may sign in sixty times, then once a minute. */
const pausesMs = { list: 20, comment: 20, 'sign-in': 2_300, 'first sign-in': 2_300 }
type Operation = keyof typeof pausesMs
const operations = Object.keys(pausesMs) as Operation[]

interface Times {
  took: number[]
  failed: number
}
type Latencies = Record<Operation, Times>

/** How long other people wait during an attack, and how long they wait without one. */
export async function underAttack(dataDir: string, { cookies, owner }: Crew): Promise<Line[]> {
  const attacker = cookies.at(-1) ?? ''
  const others = cookies.slice(0, -1)
  const desk = await startDesk(dataDir)
  try {
    const browser = await signIn(desk, owner)
    const measure = () => latencies(desk, others, owner, browser)
    await measure()
    const quiet = await measure()
    const lines = linesOf('Others, undisturbed', quiet)
    for (const [attack, what] of Object.entries(attacks) as [Attack, string][]) {
      const memory = watchMemory(desk.pid)
      const { result, sent } = await whileAttacked(attack, desk, attacker, measure)
      const most = memory.most().server
      console.log(`       ${attack}: ${JSON.stringify(sent)}`)
      lines.push(...linesOf(`Others, while every second ${what}`, result, quiet), {
        what: "  server's memory",
        measured: `${Math.round(memory.before.server)} MB before, ${Math.round(most)} MB at most`,
      })
    }
    return lines
  } finally {
    await desk.stop()
  }
}

/** Repeats all operations side by side; each starts again a while after its answer. */
async function latencies(
  desk: Desk,
  cookies: string[],
  owner: Owner,
  browser: string,
): Promise<Latencies> {
  const web = client(desk.url, cookies)
  const { items } = await web.call<{ items: { id: string }[] }>('GET', '/api/tickets?limit=50')
  const body = 'The words of a comment that somebody wrote in a hurry. '.repeat(3)
  const ids = items.map(({ id }) => id)
  let said = 0
  const all: Record<Operation, () => Promise<unknown>> = {
    list: () => web.call('GET', '/api/tickets?limit=50'),
    comment: () => web.call('POST', `/api/tickets/${ids[said++ % ids.length]}/comments`, { body }),
    'sign-in': () => signIn(desk, owner, browser),
    'first sign-in': () => signIn(desk, owner),
  }
  const measured = await Promise.all(
    operations.map(async (name) => [name, await timesOf(all[name], pausesMs[name])] as const),
  )
  web.close()
  return Object.fromEntries(measured) as Latencies
}

async function timesOf(ask: () => Promise<unknown>, pauseMs: number): Promise<Times> {
  const times: Times = { took: [], failed: 0 }
  const end = performance.now() + forMs
  while (performance.now() < end) {
    const startedAt = performance.now()
    try {
      await ask()
      times.took.push(performance.now() - startedAt)
    } catch {
      times.failed += 1
    }
    await delay(pauseMs)
  }
  return times
}

/** Signs in from an address of its own. With a cookie it acts as the browser that got this cookie before. */
async function signIn({ url }: Desk, owner: Owner, browser?: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': '198.51.100.7',
      ...(browser !== undefined && { cookie: browser }),
    },
    body: JSON.stringify(owner),
  })
  if (response.status !== 200) throw new Error(`sign-in: ${await response.text()}`)
  await response.arrayBuffer()
  const given = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
  return given.find((cookie) => cookie.startsWith('deskbell-browser=')) ?? ''
}

function linesOf(what: string, now: Latencies, quiet?: Latencies): Line[] {
  const each = operations.map((name) => {
    const { took, failed } = now[name]
    const refused = failed === 0 ? '' : `, ${failed} of ${failed + took.length} refused`
    if (took.length === 0) return { what: `  ${name}`, measured: 'all refused' }
    const shown = [0.5, 0.95].map((share) => {
      const ms = quantile(took, share)
      const factor = quiet && ` (× ${(ms / quantile(quiet[name].took, share)).toFixed(1)})`
      return `p${share * 100} ${ms.toFixed(0)} ms${factor ?? ''}`
    })
    return { what: `  ${name}`, measured: `${shown.join(', ')}${refused}` }
  })
  return [{ what, measured: '' }, ...each]
}
