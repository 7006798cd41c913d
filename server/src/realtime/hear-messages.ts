import { limits } from '@deskbell/contract'
import type { ErrorCode, PresenceUpdate } from '@deskbell/contract'
import { clientEvents } from '@deskbell/contract/schemas'
import { DeskError } from '../errors.ts'
import { createAllowance, createAllowances } from './allowance.ts'
import type { Allowance, Allowances } from './allowance.ts'
import type { DeskSocket } from './desk-server.ts'

/** A client that sends this many messages that are refused is not one of ours. */
const refusalsBeforeClose = 5
/** Clients send at most four updates a second; what the network held back arrives at once. */
const updates = { atOnce: 40, perSecond: 10 }

/** What the connections of one person may send together: as much as all that a person may have at a time. */
export function createUpdateAllowances(now = () => performance.now()): Allowances {
  const { atOnce, perSecond } = updates
  const most = limits.socketsPerPerson
  return createAllowances({ atOnce: atOnce * most, perSecond: perSecond * most }, now)
}

/** What a socket is told and asked once it is greeted. */
interface Greeted {
  hear(update: PresenceUpdate): void
}

/**
 * Hears what a client says of its screen, and refuses every other message: clients change things over HTTP. A refused
 * message has no effect. Until the returned function is called, refusals wait, because they must not be the first message
 * on a connection, and so does the newest update.
 */
export function hearMessages(
  socket: DeskSocket,
  ofPerson: () => Allowance,
): (greeted: Greeted) => void {
  let refused = 0
  const waiting: ErrorCode[] = []
  let last: PresenceUpdate | undefined
  let greeted: Greeted | undefined
  const allowance = createAllowance(updates, () => performance.now())

  function refuse(code: ErrorCode, acknowledge: unknown): void {
    refused += 1
    if (typeof acknowledge === 'function') acknowledge(new DeskError(code).toBody())
    else if (greeted === undefined) waiting.push(code)
    else socket.emit('sync:refused', new DeskError(code).toBody())
    if (refused >= refusalsBeforeClose) socket.disconnect(true)
  }

  socket.onAny((name: string, ...args: unknown[]) => {
    const acknowledge = args.at(-1)
    if (name !== 'presence:update') return refuse('socket.unknownEvent', acknowledge)
    if (allowance.exceeds() || ofPerson().take(1) === 0)
      return refuse('request.tooMany', acknowledge)
    const { data, success } = clientEvents[name].safeParse(args[0])
    if (!success || args.length !== 1) return refuse('request.invalid', acknowledge)
    last = data
    return greeted?.hear(data)
  })

  return (now) => {
    greeted = now
    for (const code of waiting) socket.emit('sync:refused', new DeskError(code).toBody())
    if (last !== undefined) greeted.hear(last)
  }
}
