import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { Doing, DraftKind, TicketLooks } from '@deskbell/contract'
import { presenceEvents } from '@deskbell/contract/schemas'
import { screenOf, soon, viewing } from '../screen-of.ts'
import type { Screen } from '../screen-of.ts'
import type { TestDesk, TestPerson } from '../index.ts'
import type { Others, Relationship } from './relationships.ts'

/** A person with a ticket open and in a list, and others on this ticket. Each act ends when it has been told to all. */
export interface EphemeralScene {
  person: TestPerson
  /** Two of the staff. */
  staff: TestPerson
  colleague: TestPerson
  /** Watches the ticket. */
  requester: TestPerson
  /** What the person hears of somebody who does this on the ticket. */
  hearOf(actor: TestPerson, doing: Doing): Promise<string>
  /** What staff hear of the person, whose client says this. */
  heardWhile(doing: Doing): Promise<string>
  /** What the person hears when somebody looks at the ticket, whose creator has asked, after these others. */
  hearOfLook(actor: TestPerson, after?: readonly TestPerson[]): Promise<string>
  /** The same while this person does not show theirs. */
  hearOfLookWithout(whose: TestPerson, actor: TestPerson): Promise<string>
  hearOfDraft(actor: TestPerson, kind: DraftKind): Promise<string>
}

interface Tab extends Screen {
  looks: TicketLooks[]
  drafts: unknown[]
  /** Resolves when it has received all that was sent to it before. */
  arrived(): Promise<void>
}

export async function createEphemeralScene(
  desk: TestDesk,
  others: Others,
  { person, relation, ticketId }: Relationship,
): Promise<EphemeralScene> {
  const creator = relation === 'creator' ? person : others.owner
  const [witness, staff, colleague, requester] = await Promise.all([
    desk.someone('admin', `Witness ${randomUUID()}`),
    desk.someone('admin', `Second ${randomUUID()}`),
    desk.someone('admin', `Colleague ${randomUUID()}`),
    desk.someone('sales', `Requester ${randomUUID()}`),
  ])
  const params = { id: ticketId }
  await others.staff.call('watch', { params: { ...params, userId: requester.id } })

  async function tabOf(of: TestPerson): Promise<Tab> {
    const screen = await screenOf(of)
    const looks: TicketLooks[] = []
    const drafts: unknown[] = []
    const fences = new Set<unknown>()
    screen.socket.on('presence:looks', (data: TicketLooks) => looks.push(data))
    screen.socket.on('draft:changed', (data: unknown) => drafts.push(data))
    screen.socket.on('fence', (data) => fences.add(data))
    async function arrived(): Promise<void> {
      const fence = randomUUID()
      desk.app.socketServer.broadcast('fence', fence)
      await vi.waitFor(() => expect(fences.has(fence)).toBe(true), soon)
    }
    return { ...screen, looks, drafts, arrived }
  }

  const [open, row] = [await tabOf(person), await tabOf(person)]
  const [openWitness, rowWitness] = [await tabOf(witness), await tabOf(witness)]
  const elsewhere = await tabOf(witness)
  const actors = new Map<TestPerson, Tab>()
  for (const one of [colleague, requester]) actors.set(one, await tabOf(one))

  /** A ticket of the person, on which somebody replies: hearing of it proves that the server took in an update. */
  async function fenceTicket(): Promise<string> {
    const body = { title: 'Fence', description: '' }
    const { ticket } = (await person.call('createTicket', { body })).body
    elsewhere.show({ open: { ticketId: ticket.id, doing: 'replying', typing: false } })
    return ticket.id
  }

  async function show(doing: Doing): Promise<void> {
    const fence = await fenceTicket()
    const opened = { ticketId, doing, typing: doing !== 'viewing' }
    open.show({ open: opened, onScreen: [fence] })
    row.show({ onScreen: [ticketId, fence] })
    for (const tab of [open, row])
      await vi.waitFor(() => expect(tab.on(fence)).toHaveLength(1), soon)
  }

  async function act(actor: TestPerson, doing: Doing): Promise<void> {
    const opened = { ticketId, doing, typing: doing !== 'viewing' }
    actors.get(actor)?.show({ open: opened })
    const done = `${actor.name} ${doing}${opened.typing ? ' typing' : ''}`
    for (const tab of [openWitness, rowWitness])
      await vi.waitFor(() => expect(tab.on(ticketId)).toContain(done), soon)
  }

  async function leave(actor: TestPerson): Promise<void> {
    actors.get(actor)?.show({})
    for (const tab of [openWitness, rowWitness])
      await vi.waitFor(() => expect(tab.on(ticketId).join()).not.toContain(actor.name), soon)
  }

  function nameless(heard: readonly string[], { name }: TestPerson): string {
    const entry = heard.find((text) => text.startsWith(name) || text.startsWith('someone'))
    return entry?.replace(name, 'name') ?? 'nothing'
  }

  /** Ends when the one who witnesses was told: everyone else was told at the same time. */
  async function told(
    happens: () => Promise<unknown>,
    isTold: (last: TicketLooks | undefined, before: TicketLooks | undefined) => boolean,
  ): Promise<void> {
    const before = openWitness.looks.at(-1)
    await happens()
    await vi.waitFor(() => expect(isTold(openWitness.looks.at(-1), before)).toBe(true), soon)
    await open.arrived()
  }

  const ask = () =>
    told(
      () => creator.call('addComment', { params, body: { body: 'Any news?' } }),
      (last, before) => last?.eyes.since !== before?.eyes.since,
    )
  const look = (actor: TestPerson) =>
    told(
      () => actor.call('markSeen', { params, body: { seq: Number.MAX_SAFE_INTEGER } }),
      (last, before) => last !== before,
    )

  async function hearOfLook(actor: TestPerson, after: readonly TestPerson[] = []): Promise<string> {
    await ask()
    for (const other of after) await look(other)
    const before = open.looks.length
    await look(actor)
    const heard = open.looks.slice(before)
    for (const message of heard) presenceEvents['presence:looks'].parse(message)
    const last = heard.at(-1)
    if (last === undefined) return 'nothing'
    if (last.seenBy.some(({ person: who }) => who.id === actor.id)) return 'name'
    return 'people' in last.eyes ? 'number' : 'time'
  }

  openWitness.show({ open: viewing(ticketId) })
  rowWitness.show({ onScreen: [ticketId] })
  await show('viewing')
  await vi.waitFor(() => expect(openWitness.looks).not.toEqual([]), soon)

  return {
    person,
    staff,
    colleague,
    requester,
    async hearOf(actor, doing) {
      await act(actor, doing)
      const heard = []
      for (const tab of [open, row]) {
        await tab.arrived()
        heard.push(nameless(tab.on(ticketId), actor))
        for (const message of tab.messages) presenceEvents['presence:state'].parse(message)
      }
      await leave(actor)
      return [...new Set(heard)].join(' or ')
    },
    async heardWhile(doing) {
      await show(doing)
      await act(colleague, 'replying')
      const heard = nameless(openWitness.on(ticketId), person)
      await leave(colleague)
      await show('viewing')
      return heard
    },
    hearOfLook,
    async hearOfLookWithout(whose, actor) {
      await whose.call('editMe', { body: { settings: { receipts: false } } })
      const heard = await hearOfLook(actor)
      await whose.call('editMe', { body: { settings: { receipts: true } } })
      return heard
    },
    async hearOfDraft(actor, kind) {
      await open.arrived()
      const before = open.drafts.length
      // Comments of the person have moved the number on.
      const { drafts } = (await actor.call('drafts', { query: { ticketId } })).body
      const rev = drafts.find((draft) => draft.kind === kind)?.rev ?? 0
      await actor.call('saveDraft', {
        params: { ...params, kind },
        body: { body: randomUUID(), rev },
      })
      await open.arrived()
      return open.drafts.length === before ? 'nothing' : 'heard'
    },
  }
}
