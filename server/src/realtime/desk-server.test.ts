import { expectTypeOf, test } from 'vitest'
import type { Meta, SyncReady } from '@deskbell/contract'
import type { DeskServer, DeskSocket } from './desk-server.ts'

test('a socket is sent what the contract says, and nothing else', () => {
  function sends(io: DeskServer, socket: DeskSocket, ready: SyncReady, meta: Meta): void {
    socket.emit('sync:ready', ready)
    io.emit('ticket:seen', { ticketId: 'one', seen: 7 }, meta)
    // @ts-expect-error: another event's data
    io.emit('ticket:seen', { number: 7, oldPriority: null, newPriority: 'low' }, meta)
    // @ts-expect-error: an event of the log without its meta
    socket.emit('ticket:seen', { ticketId: 'one', seen: 7 })
    // @ts-expect-error: not in the contract
    socket.emit('ticket:folded', {}, meta)
    // @ts-expect-error: clients send nothing
    socket.on('ticket:seen', () => undefined)
  }
  expectTypeOf(sends).returns.toBeVoid()
})
