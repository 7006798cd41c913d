import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { LoggedEvent } from './log/logged-event.ts'

export interface Metrics {
  registry: Registry
  sent(event: LoggedEvent, sockets: number): void
  watch(gauges: { sockets: () => number; head: () => number; isHealthy: () => boolean }): void
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
  }
}
