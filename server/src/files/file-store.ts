import { createWriteStream, mkdirSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Where the contents of attachments are, by their ids. */
export interface FileStore {
  put(id: string, content: Readable): Promise<void>
  /** Nothing when it is not there, or not all of its `size` bytes: deleted by hand, or a backup without its files. */
  get(id: string, size: number): Promise<Readable | undefined>
  /** Fine when it is not there. */
  remove(id: string): Promise<void>
  /** Of everything that is stored. */
  ids(): Promise<string[]>
}

export function createFileStore(directory: string): FileStore {
  // Listing a folder that nothing was put into yet would fail.
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const disk = new Disk(new FSDriver({ location: directory, visibility: 'private' }))
  const placeOf = (id: string) => path.join(directory, keyOf(id))
  return {
    // The disk's own way to do it tells of every failure that the stream was aborted, not that there is no room.
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

/** The end of a UUIDv7 is random, so folders stay small. */
function keyOf(id: string): string {
  return `${id.slice(-2)}/${id}`
}
