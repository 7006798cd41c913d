import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { EventName, Meta, Position, TicketRow } from '@deskbell/contract'
import { Meta as MetaShape, events } from '@deskbell/contract/schemas'
import { logPosition } from '../../log/log-position.ts'
import { startTestDesk } from '../index.ts'
import { unlimited } from '../unlimited.ts'
import type { TestDesk, TestPerson } from '../index.ts'
import { inFull } from './answers.ts'
import { eventRules } from './event-rules.ts'
import { createEventScene, secrets } from './event-scene.ts'
import type { EventScene } from './event-scene.ts'
import { othersAt, relations, roles } from './relationships.ts'
import type { Others } from './relationships.ts'

const eventNames = Object.keys(events) as EventName[]
const rules = eventNames.flatMap((of) => eventRules[of].map((rule) => ({ of, ...rule })))

interface Message {
  name: string
  data: unknown
  meta?: Meta
}

let desk: TestDesk
let others: Others
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
  others = await othersAt(desk)
})
afterAll(() => desk.stop())

test('[AU1] every event of the contract has its rules', () => {
  expect(Object.keys(eventRules).toSorted()).toEqual(eventNames.toSorted())
  expect(eventNames.filter((name) => eventRules[name].length === 0)).toEqual([])
})

describe.for(roles)('on a ticket created by %s', (creatorRole) => {
  const people = new Map<string, TestPerson>()
  const received = new Map<string, Message[]>()
  /** For each event of a rule, what each person must get in a replay. */
  const toReplay = new Map<number, Record<string, string>>()
  let start: Position
  let scene: EventScene
  let ticketId: string

  beforeAll(async () => {
    const creator = await desk.someone(creatorRole, 'Cleo')
    people.set(`${creatorRole} creator`, creator)
    for (const role of roles) {
      for (const relation of relations) {
        if (relation === 'creator') continue
        people.set(`${role} ${relation}`, await desk.someone(role, `${role} ${relation}`))
      }
    }
    const body = { title: secrets.onTicket, description: '' }
    ticketId = (await creator.call('createTicket', { body })).body.ticket.id
    for (const [who, { id: userId }] of people) {
      if (who.endsWith('watcher'))
        await others.staff.call('watch', { params: { id: ticketId, userId } })
    }
    scene = createEventScene({ desk, others, people, creator, ticketId })
    await scene.whileFormerWatch(async () => {})

    start = await logPosition(desk.db)
    for (const [who, person] of people) received.set(who, listenTo(person.socket()))
    await vi.waitUntil(() => [...received.values()].every(isReady))
  })

  test.for(rules)(
    '[AU2] [AU7] $of, $case: reaches the people that the policy says',
    async (rule) => {
      const before = await logPosition(desk.db)
      await rule.cause(scene)
      const after = await logPosition(desk.db)
      await deliveredTo(after.seq)

      const logged = await desk.db
        .selectFrom('events')
        .select('seq')
        .where('name', '=', rule.of)
        .where('seq', '>', before.seq)
        .where('seq', '<=', after.seq)
        .execute()
      expect(logged.length).toBeGreaterThan(0)
      for (const { seq } of logged) {
        toReplay.set(seq, expected(rule.replayed ?? rule.live, rule.only))
        expect(whoReceived(received, seq)).toEqual(expected(rule.live, rule.only))
      }
    },
  )

  test('[AU5] a replay reaches the people that the policy says', async () => {
    const replayed = await replaySince(start)
    expect(toReplay.size).toBeGreaterThan(0)
    for (const [seq, answers] of toReplay) {
      expect({ seq, ...whoReceived(replayed, seq) }).toEqual({ seq, ...answers })
    }
    expect(textFor(replayed, 'sales')).not.toContain(secrets.staff)
    expect(textFor(replayed, 'sales')).not.toContain('"used"')
    expect(textFor(replayed, 'sales')).not.toContain('ooked"')
    expect(textFor(replayed, 'admin')).toContain('"looked"')
    expect(textFor(replayed, 'sales former')).not.toContain(secrets.onTicket)
    expect(textFor(replayed, 'sales stranger')).not.toContain(secrets.onTicket)
  })

  test('[DL1] [DL8] every message is as the contract says, and none reveals more', () => {
    for (const { name, data, meta } of [...received.values()].flat()) {
      if (meta === undefined) continue
      events[name as EventName].parse(data)
      MetaShape.parse(meta)
    }
    expect(textFor(received, 'admin')).toContain(secrets.staff)
    expect(textFor(received, 'sales')).not.toContain(secrets.staff)
    expect(textFor(received, 'sales')).not.toContain('ooked"')
    expect(textFor(received, 'admin')).toContain('"looked"')
    expect(textFor(received, 'sales watcher')).toContain(secrets.onTicket)
    expect(textFor(received, 'sales stranger')).not.toContain(secrets.onTicket)
  })

  test('[DL8] only staff get the number of tickets assigned to a person, live and replayed', async () => {
    const since = await replaySince(start)
    const seen = [...received, ...since].flatMap(([who, all]) =>
      all.flatMap(({ name, data }) => {
        const isCounted = Object.hasOwn(data as object, 'assignedActive')
        return name === 'person:changed' ? [{ isStaff: !who.startsWith('sales'), isCounted }] : []
      }),
    )
    expect(seen).toContainEqual({ isStaff: true, isCounted: true })
    expect(seen).toContainEqual({ isStaff: false, isCounted: false })
    expect(seen.filter(({ isStaff, isCounted }) => isStaff !== isCounted)).toEqual([])
  })

  test('[AU6] an alert does not reveal who caused it', () => {
    const alerts = [...received.values()].flat().filter(({ name }) => name === 'ticket:urgent')
    expect(alerts.length).toBeGreaterThan(0)
    for (const { meta } of alerts) {
      expect(meta).toMatchObject({ actor: null, version: null })
      expect(meta).not.toHaveProperty('commandId')
    }
  })

  test('[DL8] the row in an event is the one of its reader', async () => {
    const counts = new Set<number>()
    for (const who of ['sales watcher', 'admin stranger']) {
      const person = people.get(who)
      const read = await person?.call('ticket', { params: { ref: ticketId } })
      const latest = received.get(who)?.findLast(({ data }) => rowIn(data)?.id === ticketId)
      const latestRow = rowIn(latest?.data)
      expect(latestRow).toBeDefined()
      const { looked: _looked, ...row } = latestRow ?? {}
      // Changed names of people, and the first look, come with other events.
      const named = { creator: expect.anything(), lastAuthor: expect.anything() }
      expect(read?.body.ticket).toMatchObject({ ...row, ...named })
      counts.add(read?.body.ticket.commentCount ?? 0)
    }
    expect(counts.size).toBe(2)
  })

  test('no one gets an event about a draft', async () => {
    const before = await logPosition(desk.db)
    const made = await others.staff.upload(ticketId, { content: 'x', draft: true })
    const { id } = made.body.attachment
    await others.staff.call('deleteAttachment', { params: { id } })
    expect(await logPosition(desk.db)).toEqual(before)
  })

  async function replaySince(cursor: Position): Promise<Map<string, Message[]>> {
    const replayed = new Map<string, Message[]>()
    for (const [who, person] of people) replayed.set(who, listenTo(person.socket({ cursor })))
    const { seq: head } = await logPosition(desk.db)
    await expect
      .poll(() => [...replayed.values()].every((all) => positionOf(all) >= head), {
        timeout: 10_000,
      })
      .toBe(true)
    return replayed
  }

  /** The rows of the table for the people around this ticket. */
  function expected(
    answers: Parameters<typeof inFull<string>>[0],
    only: string | undefined,
  ): Record<string, string> {
    const all = inFull(answers)
    return Object.fromEntries(
      [...people.keys()].map((who) => [
        who,
        only === undefined || only === who ? (all[who] ?? '') : 'not received',
      ]),
    )
  }

  /** Resolves when everyone has been sent every event up to `seq`: a later message has arrived. */
  async function deliveredTo(seq: number): Promise<void> {
    await expect.poll(followedTo, { interval: 5, timeout: 10_000 }).toBeGreaterThanOrEqual(seq)
    desk.app.socketServer.broadcast('fence', seq)
    await expect
      .poll(() => [...received.values()].every((all) => fenceOf(all) === seq), { interval: 5 })
      .toBe(true)
  }
})

async function followedTo(): Promise<number> {
  const metrics = await (await fetch(`${desk.url}/metrics`)).text()
  return Number(/^deskbell_log_position (\d+)$/m.exec(metrics)?.[1])
}

function listenTo(socket: Socket): Message[] {
  const all: Message[] = []
  socket.onAny((name: string, data: unknown, meta?: Meta) =>
    all.push({ name, data, ...(meta && { meta }) }),
  )
  return all
}

/** The ticket's row, in events that change a ticket. */
function rowIn(data: unknown): TicketRow | undefined {
  return (data as { ticket?: TicketRow } | undefined)?.ticket
}

function isReady(all: readonly Message[]): boolean {
  return all.some(({ name }) => name === 'sync:ready')
}

/** The last position that a reconnected client got. */
function positionOf(all: readonly Message[]): number {
  const last = all.findLast(({ name, meta }) => name === 'sync:position' || meta !== undefined)
  return last?.meta?.seq ?? (last?.data as Position | undefined)?.seq ?? -1
}

function fenceOf(all: readonly Message[]): unknown {
  return all.findLast(({ name }) => name === 'fence')?.data
}

function whoReceived(
  received: ReadonlyMap<string, readonly Message[]>,
  seq: number,
): Record<string, string> {
  return Object.fromEntries(
    [...received].map(([who, all]) => {
      const times = all.filter(({ meta }) => meta?.seq === seq).length
      return [who, ['not received', 'received'][times] ?? `received ${times} times`]
    }),
  )
}

function textFor(received: ReadonlyMap<string, readonly Message[]>, whose: string): string {
  return JSON.stringify([...received].filter(([who]) => who.startsWith(whose)))
}
