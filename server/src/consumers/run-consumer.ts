import type { Logger } from 'pino'
import type { Lease } from '../database/lease.ts'
import type { Db } from '../database/types.ts'
import { workAlone } from '../database/work-alone.ts'
import type { Consumer } from './consumer.ts'
import { createDeliverDue } from './deliver-due.ts'
import { createTakeIn } from './take-in.ts'

interface RunOptions {
  log: Logger
  reportBug: (bug: unknown) => void
  /** How soon after an event the consumer takes it in, about. */
  beatMs?: number | undefined
}

/** Runs a consumer on one of the nodes at a time. `stop` waits for the attempts under way. */
export function runConsumer(
  db: Db,
  consumer: Consumer,
  { log, reportBug, beatMs }: RunOptions,
): { stop(): Promise<void> } {
  let isStopped = false
  let underWay = Promise.resolve()
  const isStopping = () => isStopped
  const takeIn = createTakeIn(db, consumer, { log, reportBug })
  const deliverDue = createDeliverDue(consumer, { log, reportBug, isStopping })

  async function work({ write }: Lease): Promise<void> {
    for (let goOn = true; goOn && !isStopped;) {
      // Events that cannot be taken in keep back no delivery.
      const [taken] = await Promise.allSettled([takeIn(write)])
      const hasDelivered = await deliverDue(write)
      if (taken.status === 'rejected') throw taken.reason
      goOn = taken.value || hasDelivered
    }
  }

  const alone = workAlone(db, {
    name: `consumer ${consumer.name}`,
    everyMs: 0,
    work(lease) {
      underWay = work(lease)
      return underWay
    },
    reportBug,
    ...(beatMs !== undefined && { beatMs }),
  })
  return {
    async stop() {
      isStopped = true
      await underWay.catch(() => undefined)
      await alone.stop()
    },
  }
}
