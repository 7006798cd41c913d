import { sql } from 'kysely'
import type { PersonActor } from '../../access/actor.ts'
import { statement } from '../../database/statement.ts'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { withRetries } from '../../log/change.ts'
import { systemClock } from '../../log/clock.ts'
import type { Clock } from '../../log/clock.ts'

/** A person has seen a ticket up to an event. */
export interface Look {
  actor: PersonActor
  ticketId: string
  seq: number
  /** Goes with the event of the look, if it has one. */
  commandId: string | null
}

/** Records how far people have seen tickets, the looks of many people in one transaction. */
export interface Looks {
  /**
   * Resolves after the commit. The position moves only forward, and not past the newest event that the person may see. It
   * throws the same error for a missing ticket and for one that the person may not see.
   */
  mark(look: Look): Promise<void>
  /** Writes at once what waits. */
  flush(): Promise<void>
}

interface Waiting {
  look: Look
  done: PromiseWithResolvers<void>
}

/** How long a look waits for others, in ms. */
const gatherMs = 250
/** The log's counter stays locked while so many are written. */
const looksAtOnce = 100

export function gatherLooks(db: Db, clock: Clock = systemClock): Looks {
  let waiting: Waiting[] = []
  let cancel: (() => void) | undefined
  let writing = Promise.resolve()

  function flush(): Promise<void> {
    cancel?.()
    cancel = undefined
    const due = waiting
    waiting = []
    writing = writing.then(async () => {
      for (let from = 0; from < due.length; from += looksAtOnce)
        await write(db, due.slice(from, from + looksAtOnce))
    })
    return writing
  }

  return {
    mark(look) {
      const done = Promise.withResolvers<void>()
      waiting.push({ look, done })
      cancel ??= clock.after(gatherMs, () => void flush())
      return done.promise
    },
    flush,
  }
}

/** Never throws: each look gets its own answer. */
async function write(db: Db, batch: readonly Waiting[]): Promise<void> {
  try {
    const looks = JSON.stringify(batch.map(({ look }, place) => toRow(look, place)))
    const answers = await withRetries(db, () => markSeen(db, { looks }))
    if (answers.some(({ moved }) => moved)) db.appended.emit()
    for (const { place, refusal } of answers) {
      const { done } = batch[place] ?? {}
      if (refusal === null) done?.resolve()
      else done?.reject(new DeskError(refusal))
    }
  } catch (thrown) {
    for (const { done } of batch) done.reject(thrown)
  }
}

function toRow({ actor, ticketId, seq, commandId }: Look, place: number) {
  const { id: person, sessionId: session } = actor
  return { place, person, session, ticket: ticketId, seq, command: commandId }
}

interface Answer {
  place: number
  refusal: 'session.none' | 'not.found' | null
  moved: boolean
}

const markSeen = statement(
  (_db, params: { looks: string }) => sql<Answer>`select * from mark_seen(${params.looks}::jsonb)`,
)
