import { actingPerson } from '../access/actor.ts'
import type { LogFollower } from '../log/follow-log.ts'
import type { ResumePoint } from '../log/resolve-resume-point.ts'
import type { Session } from '../people/sessions.ts'
import type { DeskSocket } from './desk-server.ts'
import { createUpdateAllowances, hearMessages } from './hear-messages.ts'
import { timings } from './presence/memory-hub.ts'
import type { PresenceChannel } from './presence/presence-channel.ts'
import { joinRooms } from './socket-server.ts'
import type { Dispatch, Subscriber } from './subscriber.ts'

interface GreetingParts {
  follower: LogFollower
  resolveResumePoint: (auth: unknown) => Promise<ResumePoint>
  sessionById: (sessionId: string) => Promise<Session | undefined>
  watchExpiry: (socket: DeskSocket, session: Session) => void
  presence: PresenceChannel
  dispatch: Dispatch
}

/** Looks up where a new subscriber continues, and the effects that greet it there. */
export function createGreeting(parts: GreetingParts) {
  const { follower, dispatch } = parts
  const updatesOf = createUpdateAllowances()

  /** Sends `sync:ready`, the first message. Events may follow only from here. */
  function greet(
    subscriber: Subscriber,
    start: ResumePoint,
    session: Session,
    answerMessages: ReturnType<typeof hearMessages>,
  ): void {
    const { socket, reader, lastSent } = subscriber
    parts.watchExpiry(socket, session)
    socket.emit('sync:ready', {
      mode: start.mode,
      ...lastSent,
      head: follower.position().seq,
      personId: reader.id,
      timings,
      ...(start.mode === 'resync' ? { reason: start.reason } : {}),
    })
    const tab = parts.presence.join({
      id: socket.id,
      reader,
      sessionId: subscriber.sessionId,
      person: actingPerson(session.actor),
    })
    socket.once('disconnect', tab.leave)
    answerMessages(tab)
    joinRooms(socket)
  }

  return {
    /**
     * The session is read again after the subscriber was added to those that get events: no event closes it if it ended
     * after the handshake and before that.
     */
    lookUp(subscriber: Subscriber): void {
      const answerMessages = hearMessages(subscriber.socket, () => updatesOf(subscriber.reader.id))
      Promise.all([
        parts.resolveResumePoint(subscriber.socket.handshake.auth),
        parts.sessionById(subscriber.sessionId),
      ])
        .then(([start, session]) => {
          if (session === undefined) return dispatch(subscriber, 'foundNoSession')
          subscriber.greet = () => greet(subscriber, start, session, answerMessages)
          if (start.mode !== 'resume') return dispatch(subscriber, 'foundStart')
          subscriber.lastSent = start.cursor
          subscriber.readUpTo = start.cursor.seq
          subscriber.replaying = true
          return dispatch(subscriber, 'foundCursor')
        })
        .catch((thrown: unknown) => dispatch(subscriber, 'failed', thrown))
    },
    effects: {
      /** The client may have been connected to a node that had read further. */
      awaitCursor(subscriber: Subscriber): void {
        follower
          .waitUntil(subscriber.readUpTo)
          .then(() => dispatch(subscriber, 'reachedCursor'))
          .catch((thrown: unknown) => dispatch(subscriber, 'failed', thrown))
      },
      greet: (subscriber: Subscriber) => subscriber.greet(),
    },
  }
}
