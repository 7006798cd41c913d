import { isStaff } from '@deskbell/contract'
import type { Reader } from '@deskbell/contract'
import { maySee } from '../events/audience.ts'
import type { LogFollower } from '../events/follow-log.ts'
import type { LoggedEvent } from '../events/logged-event.ts'
import type { VisibleTickets } from '../events/visible-tickets.ts'
import { message } from './deliver.ts'
import { isFull } from './feed.ts'
import type { Feed } from './feed.ts'

interface CatchUpParts {
  follower: LogFollower
  /** Events that are in memory no more. */
  eventsAfter: (seq: number, limit: number) => Promise<LoggedEvent[]>
  /** The tickets a requester may see now; what they may not see any more is not replayed. */
  visibleTickets: (reader: Reader) => Promise<VisibleTickets>
  reportBug: (bug: unknown) => void
}

const pageSize = 200

/** Brings a socket that is behind up to the log's end, page by page and only as fast as it reads, then lets it go live. */
export function createCatchUp({ follower, eventsAfter, visibleTickets, reportBug }: CatchUpParts) {
  async function nextPage(after: number): Promise<readonly LoggedEvent[]> {
    const recent = follower.recent()
    const [oldest] = recent
    if (oldest !== undefined && oldest.seq <= after + 1) {
      const start = after + 1 - oldest.seq
      return recent.slice(start, start + pageSize)
    }
    const page = await eventsAfter(after, pageSize)
    // Pruned meanwhile, or taken out by hand: to go on would be to lose.
    if (page[0]?.seq !== after + 1) throw new Error(`The log has no event ${after + 1}.`)
    // The rest of the node has not seen these yet; they come by the live way.
    return page.filter((event) => event.seq <= follower.position().seq)
  }

  function sendPage(
    feed: Feed,
    page: readonly LoggedEvent[],
    visible: VisibleTickets | undefined,
  ): boolean {
    for (const event of page) {
      if (isFull(feed)) return false
      feed.scanned = event.seq
      if (!maySee(event, feed.reader) || isHidden(event, visible)) continue
      const args = message(event, feed.reader, feed.told.seq, feed.replaying)
      feed.told = { seq: event.seq, tag: event.tag }
      feed.socket.emit(event.name, ...args)
    }
    return true
  }

  function goLive(feed: Feed): void {
    const position = follower.position()
    if (feed.told.seq !== position.seq) {
      feed.socket.emit('sync:position', { ...position, after: feed.told.seq })
      feed.told = position
    }
    feed.state = 'live'
    feed.replaying = false
  }

  async function serve(feed: Feed): Promise<void> {
    // Who was connected all along gets what was theirs to see: only a replay asks what still is.
    const isAsked = feed.replaying && !isStaff(feed.reader.role)
    const visible = isAsked ? await visibleTickets(feed.reader) : undefined
    while (feed.socket.connected) {
      if (feed.scanned >= follower.position().seq) return goLive(feed)
      if (!sendPage(feed, await nextPage(feed.scanned), visible)) await drained(feed)
    }
  }

  return function catchUp(feed: Feed): void {
    serve(feed).catch((thrown: unknown) => {
      reportBug(thrown)
      // The client comes back and resumes from what it was told last.
      feed.socket.conn.close()
    })
  }
}

/** Asked once: what is given or taken away after that is by the log itself. */
function isHidden(event: LoggedEvent, visible: VisibleTickets | undefined): boolean {
  if (visible === undefined || event.seq > visible.seq) return false
  if (event.ticketId === null || event.audience === 'people') return false
  return !visible.ids.has(event.ticketId)
}

/** When the transport has taken what was queued, or the socket is gone. */
function drained(feed: Feed): Promise<void> {
  const { conn } = feed.socket
  return new Promise((resolve) => {
    function done(): void {
      conn.off('drain', done)
      conn.off('close', done)
      resolve()
    }
    conn.on('drain', done)
    conn.on('close', done)
  })
}
