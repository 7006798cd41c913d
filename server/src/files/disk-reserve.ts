import { randomFillSync } from 'node:crypto'
import { open, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../config.ts'
import { diskSpace } from './disk-space.ts'

/** PostgreSQL stops if it has no space for its next segment of the write-ahead log, which has 16 MiB. */
const mostSegment = 16 * 1024 * 1024
const mostReserved = 32 * 1024 * 1024

/**
 * A file that occupies disk space, and is deleted when the disk is full: changes that free space, and write a little
 * themselves, then still work.
 */
export interface DiskReserve {
  /** Room: the free space, and what the reserve occupies. */
  room(): Promise<number>
  /** With less room than this the reserve is given up: PostgreSQL might write one more change and then stop. */
  least: number
  /** This much room is kept for changes that free space: with less, all others are refused. */
  kept: number
  /** With this much room they are accepted again: a little more than is kept, so that they go on for a while. */
  resumed: number
  /** With this much room the reserve can be written and is not needed at once. */
  enough: number
  giveUp(): Promise<void>
  /** Does nothing if it exists. */
  putBack(): Promise<void>
}

type Place = Pick<Config, 'databaseUrl' | 'dataDir' | 'storage'>

/** The reserve on the disk of database and files. Undefined: the database is elsewhere. */
export function reserveOf({ databaseUrl, dataDir, storage }: Place): DiskReserve | undefined {
  return databaseUrl === undefined ? diskReserve(dataDir, storage.reserve) : undefined
}

/** Gives up the reserve on a full disk, where PostgreSQL could not start. */
export async function makeRoomToStart(config: Place): Promise<void> {
  const reserve = reserveOf(config)
  if (reserve === undefined) return
  if ((await reserve.room()) < reserve.least) await reserve.giveUp()
}

/** The reserve in `directory`, sized by `bytes`, the free space that is to be kept anyway. */
function diskReserve(directory: string, bytes: number): DiskReserve {
  const place = path.join(directory, 'reserve')
  const size = Math.min(mostReserved, bytes / 2)
  const segment = Math.min(mostSegment, bytes / 4)
  return {
    async room() {
      const { free } = await diskSpace(directory)
      return (await isThere(place, size)) ? free + size : free
    },
    least: size + segment,
    kept: size + segment / 4,
    resumed: size + segment / 2,
    enough: size + 2 * segment,
    giveUp: () => rm(place, { force: true }),
    async putBack() {
      if (size === 0 || (await isThere(place, size))) return
      try {
        await fill(place, size)
      } catch (thrown) {
        await rm(place, { force: true })
        throw thrown
      }
    },
  }
}

async function isThere(place: string, size: number): Promise<boolean> {
  try {
    return (await stat(place)).size === size
  } catch {
    return false
  }
}

/** Writes random bytes, which no file system can compress. */
async function fill(place: string, size: number): Promise<void> {
  const chunk = randomFillSync(Buffer.allocUnsafe(Math.min(size, 1024 * 1024)))
  await using file = await open(place, 'w', 0o600)
  for (let written = 0; written < size;) {
    const { bytesWritten } = await file.write(chunk, 0, Math.min(chunk.length, size - written))
    written += bytesWritten
  }
}
