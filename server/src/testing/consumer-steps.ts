import { sql } from 'kysely'
import type { Consumer } from '../consumers/consumer.ts'
import { createDeliverDue } from '../consumers/deliver-due.ts'
import { createTakeIn } from '../consumers/take-in.ts'
import type { Write } from '../database/lease.ts'
import type { Db } from '../database/types.ts'
import { writeFreely } from './write-freely.ts'

/** The steps of a consumer on the only node, when a test says so. */
export interface ConsumerSteps {
  /** Takes in all events. */
  takeIn(): Promise<void>
  /** Attempts what is due. Returns whether to go on at once. */
  deliverDue(write?: Write): Promise<boolean>
  /** Attempts all deliveries, as if they had waited long enough. */
  deliverAll(): Promise<void>
  /** The lines that it wrote to the log, and the bugs that it reported. */
  lines: object[]
  bugs: unknown[]
}

export async function consumerSteps(db: Db, consumer: Consumer): Promise<ConsumerSteps> {
  const lines: object[] = []
  const bugs: unknown[] = []
  const note = (line: object) => void lines.push(line)
  const parts = {
    log: { warn: note, info: note } as never,
    reportBug: (bug: unknown) => void bugs.push(bug),
    isStopping: () => false,
  }
  const write = writeFreely(db)
  const takeNext = createTakeIn(db, consumer, parts)
  const deliverDue = createDeliverDue(consumer, parts)
  async function takeIn() {
    while (await takeNext(write));
  }
  // A new consumer begins at the head.
  await takeIn()
  return {
    takeIn,
    deliverDue: (through = write) => deliverDue(through),
    async deliverAll() {
      await becomeDue(db)
      while (await deliverDue(write));
    },
    lines,
    bugs,
  }
}

/** As if all deliveries had waited long enough. */
export async function becomeDue(db: Db): Promise<void> {
  await sql`update deliveries set due_at = now() - interval '1 second'`.execute(db)
}
