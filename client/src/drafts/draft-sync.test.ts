import { beforeEach, expect, test } from 'vitest'
import type { DraftKind, SavedDraft } from '@deskbell/contract'
import { createApi } from '../api.ts'
import type { Core } from '../core.ts'
import { defaultEnvironment } from '../environment.ts'
import { browserStorage } from '../testing/browser-storage.ts'
import { settled, SimulatedClock } from '../testing/simulated-clock.ts'
import { createDraftSync } from './draft-sync.ts'
import type { DraftSync } from './draft-sync.ts'
import { createDrafts } from './drafts.ts'
import type { Drafts } from './drafts.ts'

const ticketId = 't1'

let clock: SimulatedClock
let server: Server
let desktop: Device
let phone: Device
beforeEach(() => {
  clock = new SimulatedClock()
  server = createServer()
  desktop = device()
  phone = device()
})

test('[DR7] a text is on the server after a pause, and at the latest after ten seconds', async () => {
  desktop.write('Dear')
  await clock.pass(900)
  desktop.write('Dear Sam')
  await clock.pass(900)
  expect(server.text()).toBe('')
  await clock.pass(100)
  expect(server.text()).toBe('Dear Sam')
  for (let second = 0; second < 20; second += 1) {
    desktop.write(`Dear Sam, ${'a'.repeat(second)}`)
    await clock.pass(500)
  }
  expect(server.saves).toBe(2)
})

test('[DR7] a text is on the server when the page is hidden', async () => {
  desktop.write('Dear')
  desktop.hide()
  await settled()
  expect(server.text()).toBe('Dear')
})

test('[DR7] a text goes to the other device, and what is sent or discarded leaves it', async () => {
  phone.open()
  desktop.write('Dear Sam')
  await clock.pass(2_000)
  expect(phone.text()).toBe('Dear Sam')
  desktop.write('')
  await clock.pass(2_000)
  expect(phone.text()).toBe('')
  expect(phone.taken).toBe(2)
})

test('[DR7] a text stays on the server until its ticket is opened on the other device', async () => {
  desktop.write('Dear Sam')
  await clock.pass(2_000)
  expect(phone.sync.view().get(ticketId)).toMatchObject({ written: true })
  expect(phone.text()).toBe('')
  phone.open()
  expect(phone.text()).toBe('Dear Sam')
})

test('[DR7] a text that was written on goes on, on whichever device', async () => {
  phone.open()
  desktop.write('Dear Sam')
  await clock.pass(2_000)
  server.isUp = false
  desktop.write('Dear Sam, we')
  phone.write('Dear Sam, we look')
  await clock.pass(2_000)
  server.isUp = true
  phone.hide()
  await clock.pass(60_000)
  expect([server.text(), desktop.text(), phone.text()]).toEqual(Array(3).fill('Dear Sam, we look'))
})

test.each(['here', 'elsewhere'] as const)(
  '[DR7] two texts that differ are offered, and the other one is kept (%s)',
  async (which) => {
    desktop.open()
    phone.open()
    server.isUp = false
    desktop.write('Dear Sam')
    phone.write('Hello')
    await clock.pass(2_000)
    server.isUp = true
    desktop.sync.greeted()
    await settled()
    phone.sync.greeted()
    await settled()
    await clock.pass(5_000)
    expect([desktop.text(), phone.text()]).toEqual(['Dear Sam', 'Hello'])
    expect(phone.differing()).toBe('Dear Sam')
    phone.write('Hello Sam')
    await clock.pass(5_000)
    expect(server.text()).toBe('Dear Sam')

    await phone.sync.choose(ticketId, 'reply', which)
    await clock.pass(5_000)
    const [chosen, other] = which === 'here' ? ['Hello Sam', 'Dear Sam'] : ['Dear Sam', 'Hello Sam']
    expect([server.text(), desktop.text(), phone.text()]).toEqual([chosen, chosen, chosen])
    expect(server.discarded).toContain(other)
    expect(phone.differing()).toBeUndefined()
  },
)

test('[DR7] a choice between two texts that fails half-way is offered again', async () => {
  desktop.open()
  phone.open()
  server.isUp = false
  desktop.write('Dear Sam')
  phone.write('Hello')
  await clock.pass(2_000)
  server.isUp = true
  desktop.sync.greeted()
  await settled()
  phone.sync.greeted()
  await settled()
  await clock.pass(5_000)
  server.failsAfter = 1
  const choice = phone.sync.choose(ticketId, 'reply', 'elsewhere')
  await expect(choice).rejects.toMatchObject({ code: 'network' })
  expect([phone.text(), phone.differing()]).toEqual(['Hello', 'Dear Sam'])
  server.failsAfter = Infinity
  await clock.pass(60_000)
  await phone.sync.choose(ticketId, 'reply', 'elsewhere')
  await clock.pass(5_000)
  expect([server.text(), phone.text()]).toEqual(['Dear Sam', 'Dear Sam'])
  expect(phone.differing()).toBeUndefined()
})

test('[DR7] a text written while the other device sent the draft stays', async () => {
  phone.open()
  desktop.write('Dear Sam')
  await clock.pass(2_000)
  server.isUp = false
  phone.write('Dear Sam, and')
  server.isUp = true
  server.send('reply')
  desktop.clear()
  await clock.pass(5_000)
  expect([server.text(), phone.text()]).toEqual(['Dear Sam, and', 'Dear Sam, and'])
})

test('[DR2] a text begins on a device that did not hear what was sent before', async () => {
  server.isHidden = true
  server.send('reply')
  await clock.pass(1_000)
  server.isHidden = false
  desktop.write('Dear Sam')
  await clock.pass(3_000)
  expect([server.text(), desktop.text(), server.saves]).toEqual(['Dear Sam', 'Dear Sam', 1])
})

test('[DR7] a draft that the server hides stays on the device', async () => {
  phone.open()
  desktop.write('Dear Sam')
  await clock.pass(2_000)
  server.isHidden = true
  phone.sync.greeted()
  await expect.poll(() => server.reads).toBe(3)
  await settled()
  expect(phone.text()).toBe('Dear Sam')
})

test('[DR7] a note comes beside the reply that is in the composer, which stays one', async () => {
  phone.open()
  phone.write('For all')
  desktop.write('For us', 'note')
  await clock.pass(5_000)
  expect(phone.drafts.get(ticketId)).toMatchObject({ internal: false, body: 'For all' })
  expect(phone.drafts.get(`${ticketId}.beside`)).toMatchObject({ internal: true, body: 'For us' })
  server.send('note')
  await clock.pass(5_000)
  expect(phone.drafts.get(`${ticketId}.beside`)).toBeUndefined()
})

test('[DR7] a composer for notes stays one when the note is sent elsewhere', async () => {
  phone.open()
  phone.write('For us', 'note')
  await clock.pass(2_000)
  server.send('note')
  await clock.pass(2_000)
  expect(phone.drafts.get(ticketId)).toMatchObject({ internal: true, body: '' })
})

test('[DR7] a text that moves to a note is never discarded before it is saved there', async () => {
  desktop.write('For us')
  await clock.pass(2_000)
  desktop.write('For us', 'note')
  await clock.pass(2_000)
  expect([server.text('note'), server.text()]).toEqual(['For us', ''])
  expect(server.discarded).toEqual(['For us'])
  expect(server.order.slice(-2)).toEqual(['PUT note', 'DELETE reply'])
})

test('[DR7] what was discarded before the page closed is discarded when it opens again', async () => {
  desktop.write('Dear Sam')
  await clock.pass(2_000)
  desktop.drafts.clear(ticketId)
  desktop.sync.greeted()
  await expect.poll(() => server.text()).toBe('')
})

test('[DR7] a device without room leaves the draft on the server', async () => {
  desktop.write('Dear Sam')
  await clock.pass(2_000)
  phone.fill()
  phone.open()
  phone.sync.changed(ticketId)
  await clock.pass(5_000)
  expect([server.text(), phone.text()]).toEqual(['Dear Sam', ''])
})

interface Device {
  sync: DraftSync
  drafts: Drafts
  taken: number
  open(): void
  write(body: string, kind?: DraftKind): void
  clear(): void
  hide(): void
  /** No draft more can be stored. */
  fill(): void
  text(): string
  differing(): string | undefined
}

/** A browser of its own, whose socket works. */
function device(): Device {
  const storage = browserStorage()
  const drafts = createDrafts(storage, 'ada')
  const listeners: (() => void)[] = []
  const environment = {
    ...defaultEnvironment(),
    ...clock.environment,
    storage,
    onHide: (listener: () => void) => {
      listeners.push(listener)
      return () => undefined
    },
    report: (bug: unknown) => {
      throw bug
    },
  }
  const api = createApi({ baseUrl: 'http://desk', fetch: server.fetch })
  const core = { api, environment, changed: () => undefined } as unknown as Core
  const sync = createDraftSync(core, { id: 'ada', role: 'admin' })
  server.devices.push(sync)
  const here: Device = {
    sync,
    drafts,
    taken: 0,
    open: () =>
      void sync.open(ticketId, () => {
        here.taken += 1
      }),
    write(body, kind = 'reply') {
      const draft = { id: '1', ticketNumber: 1, body, internal: kind === 'note', attachments: [] }
      drafts.set(ticketId, draft)
      sync.changed(ticketId)
    },
    clear() {
      drafts.clear(ticketId)
      sync.changed(ticketId)
    },
    hide: () => {
      for (const listener of listeners) listener()
    },
    fill: () => {
      const { setItem } = storage
      storage.setItem = (key, value) => {
        if (key.startsWith('deskbell.draft.')) throw new DOMException('', 'QuotaExceededError')
        setItem(key, value)
      }
    },
    text: () => drafts.get(ticketId)?.body ?? '',
    differing: () => sync.view().get(ticketId)?.differing.reply?.body,
  }
  return here
}

interface Server {
  fetch: typeof fetch
  devices: DraftSync[]
  isUp: boolean
  /** So many writes more succeed. */
  failsAfter: number
  /** The person may not see the ticket. */
  isHidden: boolean
  saves: number
  reads: number
  order: string[]
  discarded: string[]
  text(kind?: DraftKind): string
  /** The draft becomes a comment. */
  send(kind: DraftKind): void
}

/** The drafts of one person on one ticket, by rules DR2 and DR3. */
function createServer(): Server {
  const drafts = new Map<DraftKind, SavedDraft>()

  function store(kind: DraftKind, body: string): SavedDraft {
    const rev = (drafts.get(kind)?.rev ?? 0) + 1
    const updatedAt = new Date(clock.environment.now()).toISOString()
    const draft = { ticketId, ticketNumber: 1, kind, body, attachments: [], rev, updatedAt }
    drafts.set(kind, draft)
    for (const each of made.devices) each.receive({ ticketId, kind, rev })
    return draft
  }

  function answer(method: string, url: URL, body: { body?: string; rev?: number }): Response {
    if (method === 'GET') {
      made.reads += 1
      const all = made.isHidden ? [] : [...drafts.values()]
      const isWhole = url.searchParams.has('ticketId')
      return Response.json({ drafts: all.filter((draft) => isWhole || draft.body !== '') })
    }
    const kind = url.pathname.split('/').at(-1) as DraftKind
    const rev = body.rev ?? Number(url.searchParams.get('rev'))
    const old = drafts.get(kind)
    const text = body.body ?? ''
    made.order.push(`${method} ${kind}`)
    if (old?.body === text) return Response.json({ rev: old.rev, attachmentIds: [] })
    if (old !== undefined && old.rev !== rev) {
      const refusal = { code: 'draft.differs', message: '', details: { draft: old } }
      return Response.json(refusal, { status: 409 })
    }
    if (text === '') made.discarded.push(old?.body ?? '')
    else made.saves += 1
    return Response.json({ rev: store(kind, text).rev, attachmentIds: [] })
  }

  const made: Server = {
    fetch: async (input, init) => {
      if (!made.isUp) throw new TypeError('offline')
      const request = new Request(input, init)
      if (request.method !== 'GET' && (made.failsAfter -= 1) < 0) throw new TypeError('offline')
      const sent = (await request.text()) || '{}'
      return answer(request.method, new URL(request.url), JSON.parse(sent) as object)
    },
    devices: [],
    isUp: true,
    failsAfter: Infinity,
    isHidden: false,
    saves: 0,
    reads: 0,
    order: [],
    discarded: [],
    text: (kind = 'reply') => drafts.get(kind)?.body ?? '',
    send: (kind) => void store(kind, ''),
  }
  return made
}
