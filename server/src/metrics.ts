import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { ConsumerState } from './consumers/consumer-states.ts'
import type { LoggedEvent } from './log/logged-event.ts'

export interface Metrics {
  registry: Registry
  sent(event: LoggedEvent, sockets: number): void
  watch(gauges: { sockets: () => number; head: () => number; isHealthy: () => boolean }): void
  /** Shows what the database says of the consumers, whichever node runs them. */
  watchConsumers(read: () => Promise<readonly ConsumerState[]>): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const events = new Counter({
    name: 'deskbell_events_total',
    help: 'Events read from the log and handed to delivery.',
    labelNames: ['name'],
    registers: [registry],
  })
  const deliveries = new Counter({
    name: 'deskbell_deliveries_total',
    help: 'Events sent to sockets as they happened.',
    registers: [registry],
  })
  return {
    registry,
    sent(event, sockets) {
      events.inc({ name: event.name })
      deliveries.inc(sockets)
    },
    watch({ sockets, head, isHealthy }) {
      const gauge = (name: string, help: string, value: () => number) =>
        new Gauge({
          name,
          help,
          registers: [registry],
          collect() {
            this.set(value())
          },
        })
      gauge('deskbell_sockets', 'Open sockets.', sockets)
      gauge('deskbell_log_position', 'The last event this node has read.', head)
      gauge('deskbell_log_current', '1 while this node confirms the log.', () =>
        isHealthy() ? 1 : 0,
      )
    },
    watchConsumers: (read) => watchConsumers(registry, read),
  }
}

function watchConsumers(registry: Registry, read: () => Promise<readonly ConsumerState[]>): void {
  let reading: Promise<readonly ConsumerState[]> | undefined
  // All gauges are collected at once. Without the database there is nothing to show.
  function states(): Promise<readonly ConsumerState[]> {
    reading ??= read()
      .catch(() => [])
      .finally(() => (reading = undefined))
    return reading
  }
  const gauge = (name: string, help: string, value: (state: ConsumerState) => number) =>
    new Gauge({
      name: `deskbell_consumer_${name}`,
      help,
      labelNames: ['consumer'],
      registers: [registry],
      async collect() {
        const all = await states()
        this.reset()
        for (const state of all) this.set({ consumer: state.name }, value(state))
      },
    })
  gauge('lag_events', 'Events that the consumer has not taken in.', ({ lag }) => lag)
  gauge('waiting', 'Deliveries that wait.', ({ waiting }) => waiting)
  gauge('failures', 'Deliveries and events that failed so far.', ({ failed }) => failed)
  gauge('skipped_events', 'Events that the log lost before they were taken in.', (s) => s.skipped)
}
