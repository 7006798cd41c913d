import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'

let desk: TestDesk
let root: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  root = await desk.someone('super_admin', 'Root')
})
afterAll(() => desk.stop())

async function download(query = ''): Promise<{ headers: Headers; bytes: Buffer }> {
  const { cookie } = root
  const response = await fetch(`${desk.url}/api/audit.csv${query}`, { headers: { cookie } })
  return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** Parses lines and cells as RFC 4180 says. */
function cellsOf(text: string): string[][] {
  return text
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) =>
      Array.from(line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g), ([, cell = '']) =>
        cell.replaceAll('""', '"'),
      ),
    )
}

test('the file is UTF-8 that Excel recognises, is a download, and has a header even without entries', async () => {
  const { headers, bytes } = await download('?kind=setUp.done')
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(headers.get('content-disposition')).toBe('attachment; filename="deskbell-audit.csv"')
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const [header, ...rows] = cellsOf(bytes.toString().slice(1))
  expect(header?.slice(0, 4)).toEqual(['number', 'time', 'kind', 'what'])
  expect(rows).toEqual([])
})

test.each(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])(
  'no cell that begins with %j can be read as a formula',
  async (first) => {
    const device = `${first}cmd|' /C calc'!A1,"x";\r\ny`
    await sql`insert into audit_entries (at, kind, via, device, details)
      values (now(), 'signIn.failed', 'app', ${device}, ${JSON.stringify({ [first]: first })})`.execute(
      desk.db,
    )
    const text = (await download('?kind=signIn.failed')).bytes.toString()
    expect(text).toContain(`"'${device.replaceAll('"', '""')}"`)
    expect(text).toContain(`"'${first}: ${first}"`)
  },
)

test('the file has every entry of the filter once, newest first', async () => {
  await sql`insert into audit_entries (at, kind, via, actor_id)
    select now(), 'settings.changed', 'app', ${root.id} from generate_series(1, 1005)`.execute(
    desk.db,
  )
  const [, ...rows] = cellsOf((await download(`?person=${root.id}`)).bytes.toString())
  const numbers = rows.map(([number]) => Number(number))
  expect(numbers).toHaveLength(1005)
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => b - a))
  expect(rows[0]?.slice(2, 7)).toEqual([
    'settings.changed',
    'Changed a setting',
    'app',
    'Root',
    `${root.id}@desk.example`,
  ])
})
