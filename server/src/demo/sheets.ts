import type { Random } from './random.ts'

const regions = ['North', 'South', 'East', 'West', 'Export']

/** A table with a header row, like an exported one. */
export function contentOfCsv(random: Random): Buffer {
  const rows = Array.from({ length: random.between(8, 40) }, (_unused, index) =>
    [
      `R-${1000 + index}`,
      random.pick(regions),
      random.between(1, 40),
      (random.between(1_000, 90_000) / 100).toFixed(2),
    ].join(','),
  )
  return Buffer.from(`${['number,region,pieces,amount', ...rows].join('\n')}\n`)
}

const messages = [
  'INFO  tunnel up, address 10.40.2.17',
  'INFO  keepalive sent',
  'WARN  no answer for 5 s',
  'ERROR connection terminated by the remote peer (code 789)',
  'INFO  reconnecting in 5 s',
]

export function contentOfLog(random: Random): Buffer {
  const lines = Array.from({ length: random.between(20, 60) }, (_unused, index) => {
    const minute = String(Math.floor(index / 2)).padStart(2, '0')
    const second = String((index % 2) * 30 + random.between(0, 29)).padStart(2, '0')
    return `09:${minute}:${second} ${random.pick(messages)}`
  })
  return Buffer.from(`${lines.join('\n')}\n`)
}
