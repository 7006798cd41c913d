import type { Socket } from 'socket.io-client'
import { expect, vi } from 'vitest'
import type { PresenceUpdate, TicketPresence } from '@deskbell/contract'
import type { TestPerson } from './test-desk.ts'

export const soon = { interval: 10, timeout: 5_000 }

/** A client that says what is on its screen, and keeps what it hears. */
export interface Screen {
  socket: Socket
  messages: { tickets: TicketPresence[] }[]
  refusals: { code: string }[]
  show(part: Partial<PresenceUpdate>): void
  /** Who has a ticket open, by what this client was told last: name or `someone`, and what they do. */
  on(ticketId: string): string[]
}

export async function screenOf(person: TestPerson): Promise<Screen> {
  const socket = person.socket()
  const messages: Screen['messages'] = []
  const refusals: Screen['refusals'] = []
  let rev = 0
  let isReady = false
  socket.on('sync:ready', () => {
    isReady = true
  })
  socket.on('presence:state', (data: Screen['messages'][number]) => messages.push(data))
  socket.on('sync:refused', (data: { code: string }) => refusals.push(data))
  await vi.waitFor(() => expect(isReady).toBe(true), soon)
  return {
    socket,
    messages,
    refusals,
    show(part) {
      rev += 1
      socket.emit('presence:update', {
        rev,
        open: null,
        onScreen: [],
        hidden: false,
        applied: 0,
        ...part,
      })
    },
    on(ticketId) {
      const states = messages.flatMap(({ tickets }) => tickets)
      const last = states.findLast((state) => state.ticketId === ticketId)
      return (last?.people ?? []).map(({ person: who, doing, typing }) =>
        [who?.name ?? 'someone', doing, ...(typing ? ['typing'] : [])].join(' '),
      )
    },
  }
}

export function viewing(ticketId: string) {
  return { ticketId, doing: 'viewing', typing: false } as const
}
