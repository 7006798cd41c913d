import type { OutboxEntry } from './entry.ts'
import type { OutboxPlace } from './place.ts'

/** What the tabs of one person in one browser tell each other. */
export type Message =
  /** An entry is new, or has changed. */
  | { kind: 'put'; entry: OutboxEntry }
  | StepMessage
  /** Without a tab that sends for all: whether the tab that wrote it is still there. */
  | { kind: 'asked'; id: string }
  /** It is. */
  | { kind: 'sends'; id: string }

/** What becomes of an entry. */
export type StepMessage =
  /** `taken`: the tab that leads has it. `waits`: it does not reach the server for now. */
  | { kind: 'taken' | 'waits' | 'discarded'; id: string }
  /** The server has it, as event `seq`. */
  | { kind: 'confirmed'; id: string; seq: number }

export interface Tabs {
  post(message: Message): void
  /** This tab sends. */
  isLeading(): boolean
  /** No other tab sends. */
  isExclusive(): boolean
  /** Leads instead of a tab that does not answer. */
  take(): void
  close(): void
}

/** A tab without others, which keeps nothing. */
const alone: Tabs = {
  post: () => undefined,
  isLeading: () => true,
  isExclusive: () => true,
  take: () => undefined,
  close: () => undefined,
}

export function createTabs(
  place: OutboxPlace | undefined,
  personId: string,
  { receive, onLead }: { receive: (message: Message) => void; onLead: () => void },
): Tabs {
  if (place === undefined) return alone
  const name = `deskbell.outbox.${personId}`
  let isLeading = false
  const channel = place.channel(name, (message) => receive(message as Message))
  const leadership = place.lead(name, {
    onLead() {
      isLeading = true
      onLead()
    },
    onLost() {
      isLeading = false
    },
  })
  return {
    post: channel.post,
    isLeading: () => isLeading,
    isExclusive: () => leadership.isExclusive,
    take: leadership.take,
    close() {
      leadership.release()
      channel.close()
    },
  }
}
