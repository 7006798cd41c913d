import type { PresentPerson, TicketPresence, Timings } from '@deskbell/contract'
import type { Environment } from '../environment.ts'

/** Who else has the tickets on the screen open, by the ticket's id. */
export type Presence = ReadonlyMap<string, Present>

export interface Present {
  people: readonly PresentPerson[]
  /** How many others there are; 9 stands for 9 or more. */
  more: number
}

export interface Picture {
  view(): Presence
  receive(tickets: readonly TicketPresence[]): void
  /** Only these tickets are on the screen. */
  keep(ticketIds: ReadonlySet<string>): void
  /** A new connection: the server says everything again. */
  greeted(timings: Timings | undefined): void
  /** The connection is lost. */
  lost(): void
  stop(): void
}

interface PictureParts extends Pick<Environment, 'after'> {
  /** The person whose tab this is: they do not see themselves. */
  personId: string
  changed: () => void
}

interface Seen extends Present {
  rev: number
  /** Who was here before the connection was lost, and may be back soon. */
  before: readonly PresentPerson[]
  /** All as the person sees them: the same as long as nothing of it changes. */
  shown: Present
}

/** After a restart of the server people are back within this time. */
const returnMs = 8_000

/** Keeps what the server says of presence. What it does not repeat in time is dropped. */
export function createPicture({ personId, after, changed }: PictureParts): Picture {
  const tickets = new Map<string, Seen>()
  let kept: ReadonlySet<string> = new Set()
  let expireMs = 0
  let shown: Presence | undefined
  let cancel: (() => void) | undefined

  function redraw(): void {
    shown = undefined
    changed()
  }

  function later(ms: number, run: () => void): void {
    cancel?.()
    cancel = after(ms, () => {
      run()
      redraw()
    })
  }

  function put(id: string, seen: Omit<Seen, 'shown'>): void {
    tickets.set(id, { ...seen, shown: { people: othersIn(seen), more: seen.more } })
  }

  function forEach(change: (seen: Seen) => Partial<Seen>): void {
    for (const [id, seen] of tickets) put(id, { ...seen, ...change(seen) })
  }

  function othersIn({ people, before }: Omit<Seen, 'shown'>): readonly PresentPerson[] {
    const here = new Set(people.map(keyOf))
    const away = before.filter((one) => !here.has(keyOf(one)))
    return [...people, ...away].filter(({ person }) => person?.id !== personId)
  }

  function view(): Presence {
    const all = [...tickets].map(([id, seen]) => [id, seen.shown] as const)
    return new Map(all.filter(([, { people, more }]) => people.length + more > 0))
  }

  return {
    view: () => (shown ??= view()),
    receive(states) {
      for (const { ticketId, rev, people, more = 0 } of states) {
        const seen = tickets.get(ticketId)
        if (!kept.has(ticketId) || rev <= (seen?.rev ?? 0)) continue
        put(ticketId, { rev, people, more, before: seen?.before ?? [] })
      }
      redraw()
    },
    keep(ids) {
      kept = ids
      const gone = [...tickets.keys()].filter((id) => !ids.has(id))
      for (const id of gone) tickets.delete(id)
      if (gone.length > 0) redraw()
    },
    greeted(timings) {
      expireMs = timings?.expireMs ?? 0
      forEach(({ shown: { people: before } }) => ({ rev: 0, people: [], before }))
      later(returnMs, () =>
        forEach(({ rev, more }) => ({ before: [], more: rev === 0 ? 0 : more })),
      )
    },
    lost() {
      const silent = (people: readonly PresentPerson[]) =>
        people.map((one) => ({ ...one, typing: false }))
      forEach(({ people, before }) => ({ people: silent(people), before: silent(before) }))
      later(expireMs, () => tickets.clear())
      redraw()
    },
    stop: () => cancel?.(),
  }
}

function keyOf({ person }: PresentPerson): string {
  return person?.id ?? 'someone'
}
