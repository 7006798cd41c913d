import { errors } from '@deskbell/contract'
import type { DeskSocket } from './desk-server.ts'

/** After so many messages that mean nothing the sender is not one of our clients. */
const messagesBeforeClose = 5

/**
 * Clients change things over HTTP; over the socket they only listen. Whatever they send gets an answer, and no effect.
 * Answers wait for the function this returns to be called: they are not the first message on a connection.
 */
export function refuseMessages(socket: DeskSocket): () => void {
  let refused = 0
  let waiting: number | undefined = 0
  const [, text] = errors['socket.unknownEvent']
  const body = { code: 'socket.unknownEvent', message: text } as const

  socket.onAny((_name: string, ...args: unknown[]) => {
    refused += 1
    const acknowledge = args.at(-1)
    if (typeof acknowledge === 'function') acknowledge(body)
    else if (waiting === undefined) socket.emit('sync:refused', body)
    else waiting += 1
    if (refused >= messagesBeforeClose) socket.disconnect(true)
  })

  return () => {
    for (let answer = 0; answer < (waiting ?? 0); answer += 1) socket.emit('sync:refused', body)
    waiting = undefined
  }
}
