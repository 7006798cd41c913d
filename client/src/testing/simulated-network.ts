import type { Position, ServerMessage } from '@deskbell/contract'
import type { OpenTransport, TransportHandlers } from '../connection/transport.ts'
import { answerCall } from './answer-call.ts'
import { settled } from './simulated-clock.ts'
import { maySee, render } from './simulated-log.ts'
import type { LoggedEvent, Reader } from './simulated-log.ts'
import type { SimulatedServer } from './simulated-server.ts'

interface Asked {
  method: string
  path: string
  query: Record<string, string>
  body: Record<string, unknown>
  key: string | undefined
  answer: Response | undefined
  resolve: (response: Response) => void
  reject: (error: Error) => void
}

interface Feed {
  handlers: TransportHandlers
  queue: ServerMessage[]
  told: Position
  isReady: boolean
}

/** What lies between one person's client and the server. Nothing moves unless told to. */
export class SimulatedNetwork {
  #server: SimulatedServer
  #reader: Reader
  #pageSize: number
  #feed: Feed | undefined
  #isPruned = false
  /** In the order they were sent. Those with an answer have been at the server. */
  requests: Asked[] = []
  /** Everything asked for, as `GET /api/tickets`. */
  asked: string[] = []

  constructor(server: SimulatedServer, reader: Reader, pageSize: number) {
    this.#server = server
    this.#reader = reader
    this.#pageSize = pageSize
  }

  readonly fetch: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, 'http://desk')
    const headers = new Headers(init?.headers)
    const method = init?.method ?? 'GET'
    this.asked.push(`${method} ${url.pathname}`)
    return new Promise((resolve, reject) => {
      this.requests.push({
        method,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : {},
        key: headers.get('idempotency-key') ?? undefined,
        answer: undefined,
        resolve,
        reject,
      })
    })
  }

  readonly open: OpenTransport = (cursor, handlers) => {
    const feed: Feed = { handlers, queue: [], told: this.#server.head, isReady: false }
    this.#feed = feed
    this.#greet(feed, cursor)
    return {
      isConnected: () => this.#feed === feed,
      id: () => 'simulated',
      tellPresence: () => undefined,
      close: () => {
        if (this.#feed === feed) this.#feed = undefined
      },
    }
  }

  get unheard(): number {
    return this.#feed?.queue.length ?? 0
  }

  /** The server tells what was appended. */
  tell(events: readonly LoggedEvent[]): void {
    const feed = this.#feed
    if (feed === undefined) return
    for (const event of events) if (maySee(event, this.#reader)) this.#send(feed, event, false)
  }

  tellPosition(): void {
    const feed = this.#feed
    if (feed === undefined) return
    const { head } = this.#server
    feed.queue.push({ name: 'sync:position', data: { ...head, after: feed.told.seq } })
    feed.told = head
  }

  /** The client hears the next messages. */
  hear(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      const feed = this.#feed
      const next = feed?.queue.shift()
      if (feed === undefined || next === undefined) return
      feed.handlers.message(next)
    }
  }

  /** A message that the server believes it sent. */
  loseMessage(): void {
    const { queue } = this.#feed ?? { queue: [] }
    if (queue[0]?.name !== 'sync:ready') queue.shift()
  }

  drop(): void {
    const feed = this.#feed
    this.#feed = undefined
    feed?.handlers.lost()
  }

  /** The server does what a request asks for. */
  serve(index: number): void {
    const waiting = this.requests.filter(({ answer }) => answer === undefined)
    const request = waiting[index % waiting.length]
    if (request === undefined) return
    const isRepeated = request.key !== undefined && !this.#server.claim(request.key)
    const { status, body } = answerCall(this.#server, this.#reader, {
      ...request,
      isRepeated,
      pageSize: this.#pageSize,
    })
    request.answer = new Response(JSON.stringify(body), { status })
  }

  /** A request is answered with this instead of what the server would say. */
  answer(path: string, status: number, body: unknown): void {
    const request = this.requests.find((one) => one.answer === undefined && one.path === path)
    if (request === undefined) throw new Error(`Nobody asked for ${path}.`)
    request.answer = new Response(JSON.stringify(body), { status })
  }

  /** Everything sent so far gets there, and every answer back. */
  async flow(): Promise<void> {
    await settled()
    while (this.unheard > 0 || this.requests.length > 0) {
      this.hear(1_000)
      while (this.requests.some(({ answer }) => answer === undefined)) this.serve(0)
      while (this.requests.length > 0) this.deliver(0)
      await settled()
    }
  }

  /** An answer arrives. */
  deliver(index: number): void {
    const answered = this.requests.filter(({ answer }) => answer !== undefined)
    const request = answered[index % answered.length]
    if (request?.answer === undefined) return
    this.#forget(request)
    request.resolve(request.answer)
  }

  /** A request or its answer is lost on the way. */
  cut(index: number): void {
    const request = this.requests[index % this.requests.length]
    if (request === undefined) return
    this.#forget(request)
    request.reject(new TypeError('fetch failed'))
  }

  #forget(request: Asked): void {
    this.requests = this.requests.filter((one) => one !== request)
  }

  /** The next cursor is of no use to the server any more. */
  prune(): void {
    this.#isPruned = true
  }

  #greet(feed: Feed, cursor: Position | undefined): void {
    const { head } = this.#server
    const isKnown = cursor !== undefined && !this.#isPruned && this.#server.hasPosition(cursor)
    this.#isPruned = false
    const mode = cursor === undefined ? 'live' : isKnown ? 'resume' : 'resync'
    const start = isKnown ? cursor : head
    feed.queue.push({
      name: 'sync:ready',
      data: {
        mode,
        ...start,
        head: head.seq,
        personId: this.#reader.id,
        timings: { repeatMs: 10_000, expireMs: 24_000 },
        ...(mode === 'resync' && { reason: 'unknown' }),
      },
    })
    feed.told = start
    if (mode !== 'resume') return
    const visible = new Set(this.#server.visible(this.#reader).map(({ id }) => id))
    for (const event of this.#server.eventsAfter(start.seq)) {
      const isHidden =
        event.ticketId !== undefined && event.audience !== 'people' && !visible.has(event.ticketId)
      if (maySee(event, this.#reader) && !isHidden) this.#send(feed, event, true)
    }
    this.tellPosition()
  }

  #send(feed: Feed, event: LoggedEvent, isReplay: boolean): void {
    feed.queue.push(render(event, this.#reader, feed.told.seq, isReplay))
    feed.told = { seq: event.seq, tag: event.tag }
  }
}
