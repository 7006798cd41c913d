import { mkdirSync } from 'node:fs'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { Readable } from 'node:stream'

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
    put: (id, content) => disk.putStream(keyOf(id), content),
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
