import { ApiError, refuseUnreadable, uuidv7 } from '@deskbell/client'
import type { Desk } from '@deskbell/client'
import type { Attachment } from '@deskbell/contract'
import type { TabMemory } from '../../../live/tab-memory.ts'
import { sayError } from '../../../ui/say-error.ts'
import { fileSize } from '../../../ui/words/file-size.ts'
import { Folder } from './files-of.ts'

/** Where files go. `draft`: they wait on the server until a comment includes them. */
export interface Destination {
  ticketId: string
  draft: boolean
}

/** A file that waits for its upload, is on its way, or was not attached. */
export interface Upload {
  /** Of all its tries: a file whose answer was lost is attached once. */
  key: string
  file: File
  internal: boolean
  /** The uploaded share, from 0 to 1; undefined while it waits. */
  share?: number
  /** Why it was not attached. */
  problem?: string
  /** Whether another try may help. */
  again?: boolean
}

interface Listing {
  uploads: readonly Upload[]
  /** Something happens once they are done. */
  isAwaited: boolean
}

export interface UploadList {
  listing(): Listing
  subscribe(listener: () => void): () => void
  /** Adds files. One that was not attached is replaced when it is chosen again. */
  add(files: readonly File[], options: { internal: boolean; mostBytes: number }): void
  retry(upload: Upload): void
  /** Stops an upload, or removes a file from the list. */
  drop(upload: Upload): void
  /** Takes all files out of the list. */
  clear(): void
  /** Reads every file again: it may have been changed since it was chosen. Resolves to one that is not attached. */
  check(): Promise<Upload | undefined>
  /** Calls back once: when all are uploaded, or when one was not attached. Undefined forgets an earlier call. */
  whenDone(run: WhenDone | undefined): void
  /** Calls back for every uploaded file, instead of an earlier call. */
  onStored(take: (attachment: Attachment) => void): void
}

type WhenDone = (failed: Upload | undefined) => void

type Send = (
  upload: Upload,
  signal: AbortSignal,
  progress: (share: number) => void,
) => Promise<Attachment | undefined>

/** Lists whose files are all attached are kept up to this number. */
const listsKept = 50

/**
 * The files on their way to a ticket, for as long as someone is signed in: a page may be left meanwhile and come back
 * to. Without a destination, those chosen for a ticket that does not exist yet.
 */
export function uploadListOf(
  desk: Desk,
  { uploads: known }: TabMemory,
  destination: Destination | undefined,
): UploadList {
  const key = destination ? `${destination.ticketId} ${destination.draft}` : 'new'
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= listsKept)
    for (const [other, list] of known) if (list.listing().uploads.length === 0) known.delete(other)
  const made = createUploadList(destination && sendTo(desk, destination))
  known.set(key, made)
  return made
}

function sendTo(desk: Desk, { ticketId, draft }: Destination): Send {
  return ({ key, file, internal }, signal, progress) =>
    desk.attach(ticketId, file, { key, internal, draft, signal, progress })
}

function createUploadList(send: Send | undefined): UploadList {
  const listeners = new Set<() => void>()
  let listing: Listing = { uploads: [], isAwaited: false }
  let running: { key: string; aborter: AbortController } | undefined
  let whenDone: WhenDone | undefined
  let onStored: ((attachment: Attachment) => void) | undefined
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()

  function show(uploads: readonly Upload[]) {
    const failed = uploads.find(isFailed)
    const run = failed !== undefined || uploads.length === 0 ? whenDone : undefined
    if (run !== undefined) whenDone = undefined
    listing = { uploads, isAwaited: whenDone !== undefined }
    for (const listener of listeners) listener()
    run?.(failed)
  }

  function change(key: string, part: Partial<Upload>) {
    show(listing.uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)))
  }

  function remove(key: string) {
    show(listing.uploads.filter((upload) => upload.key !== key))
  }

  /** A file that is chosen again may have arrived, and only its answer was lost. */
  function keyFor(file: File, internal: boolean): string {
    const before = listing.uploads.find(
      (upload) => upload.internal === internal && isSame(upload.file, file),
    )
    return before?.key ?? uuidv7()
  }

  async function check({ key, file }: Upload) {
    await refuseUnreadable(file).catch((error: unknown) => change(key, problemOf(error)))
  }

  /** Sends one after the other: at once they would only share the bandwidth, and take every connection. */
  async function sendNext() {
    const upload = listing.uploads.find((other) => !isFailed(other))
    if (send === undefined || running !== undefined || upload === undefined) return
    const { key } = upload
    const aborter = new AbortController()
    running = { key, aborter }
    window.addEventListener('beforeunload', ask)
    change(key, { share: 0 })
    try {
      const attachment = await send(upload, aborter.signal, (share) => change(key, { share }))
      if (attachment) onStored?.(attachment)
      remove(key)
    } catch (error) {
      if (!aborter.signal.aborted) change(key, problemOf(error))
    }
    if (running?.aborter === aborter) goOn()
  }

  function goOn() {
    running = undefined
    window.removeEventListener('beforeunload', ask)
    void sendNext()
  }

  return {
    listing: () => listing,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add(files, { internal, mostBytes }) {
      const others = listing.uploads.filter(
        (upload) => !isFailed(upload) || !files.some(({ name }) => name === upload.file.name),
      )
      const added = files
        .filter((file) => !others.some((upload) => isSame(upload.file, file)))
        .map((file) => ({
          key: keyFor(file, internal),
          file,
          internal,
          ...refusalOf(file, mostBytes),
        }))
      show([...others, ...added])
      for (const upload of added) if (!isFailed(upload)) void check(upload)
      void sendNext()
    },
    retry({ key }) {
      show(
        listing.uploads.map((upload) => {
          const { problem: _problem, again: _again, share: _share, ...fresh } = upload
          return upload.key === key ? fresh : upload
        }),
      )
      void sendNext()
    },
    drop({ key }) {
      whenDone = undefined
      remove(key)
      if (running?.key !== key) return
      running.aborter.abort()
      goOn()
    },
    clear: () => show([]),
    async check() {
      await Promise.all(listing.uploads.filter((upload) => !isFailed(upload)).map(check))
      return listing.uploads.find(isFailed)
    },
    whenDone(run) {
      whenDone = run
      show(listing.uploads)
    },
    onStored(take) {
      onStored = take
    },
  }
}

export function isFailed({ problem }: Pick<Upload, 'problem'>): boolean {
  return problem !== undefined
}

function isSame(one: File, other: File): boolean {
  return (
    one.name === other.name && one.size === other.size && one.lastModified === other.lastModified
  )
}

/** What can be said of a file before anything of it is sent. */
function refusalOf(file: File, mostBytes: number): Pick<Upload, 'problem' | 'again'> {
  if (file instanceof Folder)
    return { problem: 'This is a folder. Attach the files in it, or a ZIP file of it.' }
  if (file.size <= mostBytes) return {}
  const [size, most] = [fileSize(file.size), fileSize(mostBytes)]
  return { problem: `This file has ${size}. The largest that can be sent is ${most}.` }
}

function problemOf(error: unknown): Pick<Upload, 'problem' | 'again'> {
  return { problem: sayError(error), again: mayHelpAgain(error) }
}

function mayHelpAgain(error: unknown): boolean {
  return error instanceof ApiError && (error.status >= 500 || passing.has(error.code))
}

const passing = new Set<string>([
  'network',
  'request.tooSlow',
  'request.tooMany',
  'attachment.incomplete',
  'attachment.tooManyDrafts',
  'storage.quota',
])
