import net from 'node:net'
import { createDesk } from '@deskbell/client'
import type { Desk, ListQuery } from '@deskbell/client'
import type { TestPerson } from './test-desk.ts'
import { createGate } from './gate.ts'

/** A person's live state, by the SDK, over a connection that can be cut. */
export interface LiveDesk {
  desk: Desk
  /** HTTP calls made so far. */
  calls(): number
  /** Cuts the connection: nothing arrives until `join`. */
  cut(): Promise<void>
  join(): Promise<void>
  stop(): Promise<void>
}

export async function openLiveDesk(url: string, person: TestPerson): Promise<LiveDesk> {
  const gate = await createGate(() => net.connect(Number(new URL(url).port), '127.0.0.1'))
  const answer = await person.call('me')
  let calls = 0
  let wake = () => {}
  const desk = createDesk({
    baseUrl: `http://127.0.0.1:${gate.port}`,
    me: answer.body.me,
    environment: {
      headers: {
        get cookie() {
          return person.cookie
        },
      },
      fetch(input, init) {
        calls += 1
        return fetch(input, init)
      },
      onWake(listener) {
        wake = listener
        return () => {}
      },
    },
  })
  return {
    desk,
    calls: () => calls,
    cut: gate.shut,
    async join() {
      await gate.open()
      // As when a laptop wakes up; otherwise the SDK would wait for its next attempt.
      wake()
    },
    async stop() {
      desk.stop()
      await gate.shut()
    },
  }
}

/** Opens these lists and tickets, and the list of people if the person may see it. */
export function openEverything(
  { desk }: LiveDesk,
  lists: readonly ListQuery[],
  tickets: readonly string[],
): void {
  for (const query of lists) desk.openList(query)
  for (const ref of tickets) desk.openTicket(ref)
  if (desk.state.me.role !== 'super_admin') return
  desk.open('people')
  desk.open('settings')
}

/** The visible state, without how it got there. Undefined while something is loading. */
export function shownOn({ desk }: LiveDesk): unknown {
  const { me, connection, counters, lists, tickets, people, settings } = desk.state
  const parts = [...lists.values(), ...tickets.values()]
  if (connection.state !== 'live' || counters === undefined) return undefined
  const isRead = people !== undefined && settings !== undefined
  if (me.role === 'super_admin' && !isRead) return undefined
  if (parts.some(({ status }) => status === 'loading')) return undefined
  return {
    me,
    counters,
    people,
    settings,
    lists: [...lists].map(([key, { status, items, more }]) => ({ key, status, items, more })),
    tickets: [...tickets].map(([ref, shown]) => {
      if (shown.status !== 'ready') return { ref, status: 'none' }
      const { status, ticket, timeline, gaps, attachments, unconfirmed } = shown
      return { ref, status, ticket, timeline, gaps, attachments, unconfirmed }
    }),
  }
}

/** Loads the whole history of every open ticket. */
export async function loadWholeTickets({ desk }: LiveDesk): Promise<void> {
  for (const ref of desk.state.tickets.keys()) {
    const gap = () => {
      const open = desk.state.tickets.get(ref)
      return open?.status === 'ready' ? open.gaps.at(-1) : undefined
    }
    for (let at = gap(); at !== undefined; at = gap())
      await desk.loadTimeline(ref, { before: at.before })
  }
}
