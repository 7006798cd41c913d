import { lead } from '../lead.ts'
import type { Leadership, LeadershipListener } from '../lead.ts'
import type { OutboxEntry } from './entry.ts'

/** Where kept changes are stored. */
export interface OutboxStore {
  /** Everything stored for a person, also by other versions of Deskbell. */
  all(personId: string): Promise<unknown[]>
  /** Resolves once it is stored. Rejects when there is no room. */
  put(entry: OutboxEntry): Promise<void>
  remove(id: string): Promise<void>
}

/** Messages between the tabs of a browser. A tab does not receive its own. */
export interface Channel {
  post(message: unknown): void
  close(): void
}

/** What the outbox needs from its runtime. */
export interface OutboxPlace {
  /** Rejects when this browser stores nothing. */
  open(): Promise<OutboxStore>
  lead(name: string, listener: LeadershipListener): Leadership
  channel(name: string, receive: (message: unknown) => void): Channel
}

/** Undefined where nothing can be stored, such as in Node. */
export function browserOutbox(): OutboxPlace | undefined {
  return mayStore() ? { open: openStore, lead, channel } : undefined
}

function mayStore(): boolean {
  try {
    return typeof indexedDB !== 'undefined' && typeof BroadcastChannel !== 'undefined'
  } catch {
    // The browser blocks site data: the name alone throws.
    return false
  }
}

const database = 'deskbell'
const store = 'outbox'

async function openStore(): Promise<OutboxStore> {
  const opening = indexedDB.open(database, 1)
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore(store, { keyPath: 'id' }).createIndex('personId', 'personId')
  })
  const db = await resultOf(opening)
  // A later version may need to change the database while this tab is open.
  db.addEventListener('versionchange', () => db.close())
  return {
    all: (personId) =>
      resultOf(db.transaction(store).objectStore(store).index('personId').getAll(personId)),
    put: (entry) => write(db, (entries) => entries.put(entry)),
    remove: (id) => write(db, (entries) => entries.delete(id)),
  }
}

async function write(db: IDBDatabase, change: (entries: IDBObjectStore) => void): Promise<void> {
  const transaction = db.transaction(store, 'readwrite')
  change(transaction.objectStore(store))
  await new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    const fail = () => reject(transaction.error ?? new Error('The browser did not store it.'))
    transaction.addEventListener('abort', fail)
    transaction.addEventListener('error', fail)
  })
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    const fail = () => reject(request.error ?? new Error('The browser stores nothing.'))
    request.addEventListener('error', fail)
  })
}

function channel(name: string, receive: (message: unknown) => void): Channel {
  const broadcast = new BroadcastChannel(name)
  broadcast.addEventListener('message', ({ data }) => receive(data))
  return {
    post: (message) => broadcast.postMessage(message),
    close: () => broadcast.close(),
  }
}
