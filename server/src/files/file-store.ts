import { createWriteStream, mkdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Where the contents of attachments are, by their ids. */
export interface FileStore {
  put(id: string, content: Readable): Promise<void>
  get(id: string): Promise<Readable>
  /** Fine when it is not there. */
  remove(id: string): Promise<void>
  /** Of everything that is stored. */
  ids(): Promise<string[]>
}

export function createFileStore(directory: string): FileStore {
  // Listing a folder that nothing was put into yet would fail.
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const disk = new Disk(new FSDriver({ location: directory, visibility: 'private' }))
  return {
    // The disk's own way to do it tells of every failure that the stream was aborted, not that there is no room.
    async put(id, content) {
      const place = path.join(directory, keyOf(id))
      await mkdir(path.dirname(place), { recursive: true })
      await pipeline(content, createWriteStream(place))
    },
    get: (id) => disk.getStream(keyOf(id)),
    remove: (id) => disk.delete(keyOf(id)),
    async ids() {
      const { objects } = await disk.listAll('', { recursive: true })
      return [...objects].flatMap((object) => (object.isFile ? [object.name] : []))
    },
  }
}

/** The end of a UUIDv7 is random, so folders stay small. */
function keyOf(id: string): string {
  return `${id.slice(-2)}/${id}`
}
