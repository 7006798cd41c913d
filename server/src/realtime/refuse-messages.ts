import { errors } from '@deskbell/contract'
import type { DeskSocket } from './desk-server.ts'

/** After so many messages that mean nothing the sender is not one of our clients. */
const messagesBeforeClose = 5

/** Clients change things over HTTP; over the socket they only listen. Whatever they send gets an answer, and no effect. */
export function refuseMessages(socket: DeskSocket): void {
  let refused = 0
  const [, text] = errors['socket.unknownEvent']
  const body = { code: 'socket.unknownEvent', message: text } as const

  socket.onAny((_name: string, ...args: unknown[]) => {
    refused += 1
    const acknowledge = args.at(-1)
    if (typeof acknowledge === 'function') acknowledge(body)
    else socket.emit('sync:refused', body)
    if (refused >= messagesBeforeClose) socket.disconnect(true)
  })
}
