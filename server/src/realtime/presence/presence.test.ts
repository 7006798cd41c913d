import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { presenceEvents } from '@deskbell/contract/schemas'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { screenOf, soon, viewing } from '../../testing/screen-of.ts'

let desk: TestDesk
let ada: TestPerson
let grace: TestPerson
let sam: TestPerson
let wanda: TestPerson
let stranger: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  grace = await desk.someone('admin', 'Grace')
  sam = await desk.someone('sales', 'Sam')
  wanda = await desk.someone('sales', 'Wanda')
  stranger = await desk.someone('sales', 'Stranger')
})
afterAll(() => desk.stop())

async function ticketOf(person: TestPerson): Promise<string> {
  const body = { title: `Of ${person.name} ${randomUUID()}`, description: '' }
  return (await person.call('createTicket', { body })).body.ticket.id
}

test('[PR1] [PR3] two people see each other, in the open ticket and in the row, and see who leaves', async () => {
  const ticketId = await ticketOf(sam)
  const one = await screenOf(ada)
  const other = await screenOf(grace)
  one.show({ open: viewing(ticketId) })
  other.show({ onScreen: [ticketId] })
  await expect.poll(() => other.on(ticketId), soon).toEqual(['Ada viewing'])
  other.show({ open: { ticketId, doing: 'replying', typing: true }, onScreen: [ticketId] })
  await expect.poll(() => one.on(ticketId), soon).toEqual(['Ada viewing', 'Grace replying typing'])
  other.show({ open: { ticketId, doing: 'noting', typing: false } })
  await expect.poll(() => one.on(ticketId), soon).toEqual(['Ada viewing', 'Grace noting'])
  other.show({})
  await expect.poll(() => one.on(ticketId), soon).toEqual(['Ada viewing'])
  for (const message of [...one.messages, ...other.messages])
    presenceEvents['presence:state'].parse(message)
})

test('[PR3] a client hears only of what is on its screen, and of each change once', async () => {
  const [shown, hidden] = [await ticketOf(sam), await ticketOf(sam)]
  const one = await screenOf(ada)
  const other = await screenOf(grace)
  one.show({ onScreen: [shown] })
  other.show({ open: viewing(hidden) })
  other.show({ open: viewing(shown) })
  await expect.poll(() => one.on(shown), soon).toEqual(['Grace viewing'])
  const states = one.messages.flatMap(({ tickets }) => tickets)
  expect(states.map(({ ticketId }) => ticketId)).toEqual([shown])
})

test('[PR3] a ticket that comes back on the screen is told again', async () => {
  const [ticketId, another] = [await ticketOf(sam), await ticketOf(sam)]
  const present = await screenOf(ada)
  const [one, other] = [await screenOf(grace), await screenOf(grace)]
  present.show({ open: viewing(ticketId), onScreen: [another] })
  for (const screen of [one, other]) screen.show({ onScreen: [ticketId] })
  await expect.poll(() => one.on(ticketId), soon).toEqual(['Ada viewing'])
  one.show({ open: viewing(another) })
  await expect.poll(() => present.on(another), soon).toEqual(['Grace viewing'])
  one.messages.length = 0
  one.show({ onScreen: [ticketId] })
  await expect.poll(() => one.on(ticketId), soon).toEqual(['Ada viewing'])
})

describe('[PR2] [PR5] who hears of whom', () => {
  /** What each person hears of Ada as she views, notes and replies, and of Sam, who raised the ticket. */
  const rules: [string, () => TestPerson, string[], string[], string[]][] = [
    ['staff', () => grace, ['Ada viewing'], ['Ada noting typing'], ['Ada replying typing']],
    ['a requester who watches', () => wanda, [], [], ['someone replying typing']],
    ['a requester without access', () => stranger, [], [], []],
  ]

  test.for(rules)('%s', async ([_who, person, whileViewing, whileNoting, whileReplying]) => {
    const ticketId = await ticketOf(sam)
    await ada.call('watch', { params: { id: ticketId, userId: wanda.id } })
    const staff = await screenOf(ada)
    const requester = await screenOf(sam)
    const hearer = await screenOf(person())
    hearer.show({ open: viewing(ticketId), onScreen: [ticketId, randomUUID()] })
    requester.show({ open: viewing(ticketId) })
    const isReader = person() !== stranger
    const others = isReader ? [`${person().name} viewing`, 'Sam viewing'] : []
    const steps = [
      ['viewing', whileViewing],
      ['noting', whileNoting],
      ['replying', whileReplying],
    ] as const
    for (const [doing, expected] of steps) {
      staff.show({ open: { ticketId, doing, typing: doing !== 'viewing' } })
      await expect.poll(() => staff.on(ticketId).join(), soon).toContain(`Ada ${doing}`)
      await expect
        .poll(() => hearer.on(ticketId).toSorted(), soon)
        .toEqual([...others, ...expected].toSorted())
    }
    const namesAda = JSON.stringify(hearer.messages).includes(ada.id)
    expect(namesAda).toBe(person().role !== 'sales')
    expect(hearer.refusals).toEqual([])
    if (isReader) return
    expect(hearer.messages).toEqual([])
    expect(staff.on(ticketId).join()).not.toContain(stranger.name)
  })
})

test('[PR5] a requester writes no note, whatever the client says', async () => {
  const ticketId = await ticketOf(sam)
  const [staff, requester] = [await screenOf(grace), await screenOf(sam)]
  staff.show({ onScreen: [ticketId] })
  requester.show({ open: { ticketId, doing: 'noting', typing: true } })
  await expect.poll(() => staff.on(ticketId), soon).toEqual(['Sam replying typing'])
})

test('[PR5] where the desk allows names, requesters see who of the staff is there, and a note as looking', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const ticketId = await ticketOf(sam)
  const [staff, requester] = [await screenOf(ada), await screenOf(sam)]
  requester.show({ open: viewing(ticketId) })
  staff.show({ open: { ticketId, doing: 'noting', typing: true } })
  await expect.poll(() => requester.on(ticketId), soon).toEqual(['Sam viewing'])
  const since = () =>
    requester.messages.at(-1)?.tickets[0]?.people.find((one) => one.person?.id === ada.id)?.since

  await root.call('editDeskSettings', { body: { showStaffNames: true } })
  const both = (doing: string) => ['Ada ' + doing, 'Sam viewing']
  await expect.poll(() => requester.on(ticketId).toSorted(), soon).toEqual(both('viewing'))
  const before = since()
  staff.show({ open: { ticketId, doing: 'replying', typing: false } })
  await expect.poll(() => requester.on(ticketId).toSorted(), soon).toEqual(both('replying'))
  expect(since()).toBe(before)

  await root.call('editDeskSettings', { body: { showStaffNames: false } })
  await expect
    .poll(() => requester.on(ticketId).toSorted(), soon)
    .toEqual(['Sam viewing', 'someone replying'])
})

test('[PR7] who loses access is gone at once, hears nothing more, and is back with the access', async () => {
  const ticketId = await ticketOf(sam)
  const watching = { params: { id: ticketId, userId: wanda.id } }
  await ada.call('watch', watching)
  const staff = await screenOf(ada)
  const watcher = await screenOf(wanda)
  staff.show({ open: viewing(ticketId) })
  watcher.show({ open: viewing(ticketId) })
  await expect.poll(() => staff.on(ticketId), soon).toContain('Wanda viewing')

  await ada.call('unwatch', watching)
  await expect.poll(() => staff.on(ticketId), soon).toEqual(['Ada viewing'])
  const heard = watcher.messages.length
  staff.show({ open: { ticketId, doing: 'replying', typing: false } })
  await expect.poll(() => staff.on(ticketId), soon).toEqual(['Ada replying'])
  expect(watcher.messages).toHaveLength(heard)

  // The ticket is still on the screen.
  await ada.call('watch', watching)
  await expect.poll(() => staff.on(ticketId), soon).toContain('Wanda viewing')
})

test('[PR7] a session that ends leaves nobody behind', async () => {
  const ticketId = await ticketOf(sam)
  const staff = await screenOf(ada)
  const guest = await desk.someone('admin', 'Guest')
  const other = await screenOf(guest)
  staff.show({ open: viewing(ticketId) })
  other.show({ open: viewing(ticketId) })
  await expect.poll(() => staff.on(ticketId), soon).toContain('Guest viewing')
  await guest.call('signOut')
  // A closed tab would stay 5 s.
  await expect
    .poll(() => staff.on(ticketId), { interval: 10, timeout: 3_000 })
    .toEqual(['Ada viewing'])
})

test('[LM3] an update that is not as the contract says is refused, and the fifth closes the connection', async () => {
  const { socket, refusals, show } = await screenOf(ada)
  const ids = Array.from({ length: 101 }, () => randomUUID())
  show({ onScreen: ids })
  show({ applied: -1 })
  socket.emit('presence:update')
  socket.emit('presence:update', null, 'more')
  await expect.poll(() => refusals.length, soon).toBe(4)
  expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['request.invalid']))
  show({ onScreen: ['*'] })
  await expect.poll(() => socket.connected, soon).toBe(false)
})

test('[LM3] a flood of updates closes its connection, and others go on', async () => {
  const ticketId = await ticketOf(sam)
  const flood = await screenOf(ada)
  const other = await screenOf(grace)
  const third = await screenOf(sam)
  for (let sent = 0; sent < 200; sent += 1) flood.show({ onScreen: [ticketId] })
  other.show({ onScreen: [ticketId] })
  third.show({ open: viewing(ticketId) })
  await expect.poll(() => flood.socket.connected, soon).toBe(false)
  await expect.poll(() => other.on(ticketId), soon).toEqual(['Sam viewing'])
})
