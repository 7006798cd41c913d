import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'

let desk: TestDesk
let ada: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
})
afterAll(() => desk.stop())

/** A text in a ticket, and the searches that find it. */
const findings: [written: string, searched: string[]][] = [
  ['mail from bob@example.com', ['bob@example.com', 'bob', 'example', 'EXAMPLE.COM']],
  ['error ERR-1234', ['ERR-1234', '1234', 'err', '-1234', 'ERR-12']],
  [
    'see https://intranet.test/wiki/vpn?page=7',
    ['intranet.test', 'wiki', 'vpn page 7', '/wiki/vpn'],
  ],
  ['no answer from 192.168.17.40', ['192.168.17.40', '192.168', '17.40']],
  ['disk full: /var/spool/cups', ['/var/spool/cups', 'spool', 'var spool']],
  ['cannot cast List<String> & Map', ['List<String>', 'string', 'map']],
  ['since 7.12.5-beta', ['7.12.5', '7.12.5-beta', '5 beta']],
  ['nach_dem_update kaputt', ['nach_dem_update', 'dem']],
  ['50% off', ['50%']],
  ['cafe\u0301 closed', ['café', 'cafe\u0301', 'CAFÉ']],
  ['हिन्दी में लिखा', ['हिन्दी', 'हिन्']],
  ['打印机 坏了', ['打印', '坏了']],
  ['❤️ thanks', ['❤️ thanks']],
  ['The “scanner” is broken', ['scanner', '“scanner”']],
  ['¿Cuándo abre?', ['cuándo', '¿Cuándo']],
  ['l’écran noir', ['écran', 'l’écran']],
  ['toner–jam', ['jam', 'toner–jam']],
  ['「键盘」', ['键盘', '「键盘」']],
]

test.for(findings)('%s is found by its words', async ([written, searched]) => {
  const body = { title: 'Untitled', description: written }
  const { id } = (await ada.call('createTicket', { body })).body.ticket
  const other = (await ada.call('createTicket', { body: { title: 'Other', description: '' } })).body
    .ticket.id
  await ada.call('addComment', { params: { id: other }, body: { body: written } })

  for (const q of searched) {
    const { items } = (await ada.call('tickets', { query: { q } })).body
    expect({ q, found: items.map((item) => item.id).toSorted() }).toEqual({
      q,
      found: [id, other].toSorted(),
    })
    const hits = items.flatMap(({ matches = [] }) => matches.map(({ parts }) => parts))
    expect(hits).toHaveLength(2)
    for (const parts of hits) expect(parts.some(({ hit }) => hit)).toBe(true)
  }
})

test('the texts that a search page reads are limited in bytes, and the next page continues there', async () => {
  const longest = limits.bodyLength
  const text = `okapi ${'字'.repeat(longest - 6)}`
  const perTicket = 2 * Buffer.byteLength(text)
  const fit = Math.floor(limits.pageTextBytes / perTicket)
  const ids: string[] = []
  while (ids.length < fit + 3) {
    const { id } = (await ada.call('createTicket', { body: { title: 'Zoo', description: text } }))
      .body.ticket
    await ada.call('addComment', { params: { id }, body: { body: text } })
    ids.unshift(id)
  }
  const query = { q: 'okapi', sort: '-created', limit: 100 } as const
  const first = (await ada.call('tickets', { query })).body
  expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, fit))
  for (const { matches } of first.items)
    expect(matches?.map((match) => match.in)).toEqual(['description', 'comment'])
  const rest = (await ada.call('tickets', { query: { ...query, after: first.next ?? '' } })).body
  expect(rest.items.map(({ id }) => id)).toEqual(ids.slice(fit))
  expect(rest.next).toBeNull()

  // Without a search no text is read.
  const all = (await ada.call('tickets', { query: { sort: '-created', limit: fit + 3 } })).body
  expect(all.items.map(({ id }) => id)).toEqual(ids)
})

test('a search for the number of a ticket, as people write it, finds this ticket first', async () => {
  const raise = async (title: string) =>
    (await ada.call('createTicket', { body: { title, description: '' } })).body.ticket
  const wanted = await raise('Wanted')
  const n = wanted.number
  const others = [await raise(`Like ticket ${n}`), await raise(`Ticket ${n} again`)]
  const urls = [
    `http://localhost:3000/tickets/${n}`,
    `https://desk/help/tickets/${n}?q=a#comment-1`,
  ]
  for (const q of [`#${n}`, `${n}`, `ticket ${n}`, `Ticket #${n}`, ...urls]) {
    const { items } = (await ada.call('tickets', { query: { q } })).body
    expect([q, items[0]?.id]).toEqual([q, wanted.id])
  }

  // Pages neither repeat it nor lose what comes before it in their order.
  const found: string[] = []
  let after: string | undefined
  do {
    const query = { q: `ticket ${n}`, limit: 1, ...(after !== undefined && { after }) }
    const page = (await ada.call('tickets', { query })).body
    found.push(...page.items.map(({ id }) => id))
    after = page.next ?? undefined
  } while (after !== undefined)
  expect(found).toEqual([wanted, ...others.toReversed()].map(({ id }) => id))
})

test('[RD6] the tickets that nobody has looked at come most pressing first, then oldest, page by page', async () => {
  const [bea, sam] = [await desk.someone('admin', 'Bea'), await desk.someone('sales', 'Sam')]
  const made: Record<string, number[]> = {}
  for (const priority of ['low', 'urgent', 'medium', 'urgent', 'high', 'low'] as const) {
    const body = { title: 'Waits', description: '', priority }
    const { ticket } = (await bea.call('createTicket', { body })).body
    ;(made[priority] ??= []).push(ticket.number)
    if (priority === 'medium')
      await bea.call('changePriority', {
        params: { id: ticket.id },
        body: { priority: 'urgent' },
      })
  }
  const { urgent = [], high = [], medium = [], low = [] } = made
  const wanted = [...[...urgent, ...medium].toSorted((a, b) => a - b), ...high, ...low]

  const query = { eyes: 'none', sort: 'pressing', creator: bea.id, limit: 2 } as const
  const found: number[] = []
  const ends: unknown[] = []
  let after: string | undefined
  do {
    const page = (await ada.call('tickets', { query: { ...query, ...(after && { after }) } })).body
    found.push(...page.items.map(({ number }) => number))
    ends.push(page.end?.key)
    after = page.next ?? undefined
  } while (after !== undefined)
  expect(found).toEqual(wanted)
  // As the SDK counts: two urgent ones, one urgent and the high one, and the end of the list.
  expect(ends).toEqual([0, 1, undefined])

  const refused = await ada.call('tickets', { query: { sort: 'pressing' } })
  expect(refused.body).toMatchObject({
    code: 'request.invalid',
    details: { fields: { sort: expect.stringMatching(/eyes=none/) } },
  })
  const { body } = await sam.call('tickets', { query })
  expect(body.items).toEqual([])
})
