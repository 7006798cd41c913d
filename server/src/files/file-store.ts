import { createWriteStream, mkdirSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Stores the contents of attachments by id. */
export interface FileStore {
  put(id: string, content: Readable): Promise<void>
  /**
   * Undefined if the file is missing or does not have `size` bytes: it was deleted by hand, or a backup was restored
   * without its files.
   */
  get(id: string, size: number): Promise<Readable | undefined>
  /** Does nothing if the file is missing. */
  remove(id: string): Promise<void>
  /** The ids of all stored files. */
  ids(): Promise<string[]>
}

export function createFileStore(directory: string): FileStore {
  // Listing a folder that does not exist yet would fail.
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const disk = new Disk(new FSDriver({ location: directory, visibility: 'private' }))
  const placeOf = (id: string) => path.join(directory, keyOf(id))
  return {
    // The disk's own `putStream` reports every failure as an aborted stream, also a full disk.
    async put(id, content) {
      const place = placeOf(id)
      await mkdir(path.dirname(place), { recursive: true })
      await pipeline(content, createWriteStream(place))
    },
    async get(id, size) {
      const file = await openIfThere(placeOf(id))
      if (file === undefined) return undefined
      const stats = await file.stat()
      if (stats.isFile() && stats.size === size) return file.createReadStream()
      await file.close()
      return undefined
    },
    remove: (id) => disk.delete(keyOf(id)),
    async ids() {
      const { objects } = await disk.listAll('', { recursive: true })
      return [...objects].flatMap((object) => (object.isFile ? [object.name] : []))
    },
  }
}

async function openIfThere(place: string): Promise<FileHandle | undefined> {
  try {
    return await open(place)
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw thrown
  }
}

/** The end of a UUIDv7 is random, so no folder gets large. */
function keyOf(id: string): string {
  return `${id.slice(-2)}/${id}`
}
