import { errors } from '@deskbell/contract'
import type { DeskSocket } from './desk-server.ts'

/** A client that sends this many unknown messages is not one of ours. */
const messagesBeforeClose = 5

/**
 * Refuses messages: clients change things over HTTP and only listen on the socket. A message gets a refusal and has no
 * effect. Refusals wait until the returned function is called: they must not be the first message on a connection.
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
