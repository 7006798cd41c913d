import { randomFillSync } from 'node:crypto'
import { open, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../config.ts'
import { diskSpace } from './disk-space.ts'

/** A PostgreSQL that has none left for its next piece of the write-ahead log, which has 16 MiB, stops. */
const mostLeast = 16 * 1024 * 1024
const mostReserved = 32 * 1024 * 1024

/**
 * A file that takes room while there is some, to be given up when there is none: so that what makes room, which writes
 * a little itself, still works when the disk is full.
 */
export interface DiskReserve {
  /** With less free than this a change might be the last one that PostgreSQL writes. */
  least: number
  /** With this much free, the reserve fits without being needed at once. */
  enough: number
  isThere(): Promise<boolean>
  giveUp(): Promise<void>
  /** Fine when it is there already. */
  putBack(): Promise<void>
}

type Place = Pick<Config, 'databaseUrl' | 'dataDir' | 'storage'>

/** Of the disk that database and files share; undefined when the database is elsewhere. */
export function reserveOf({ databaseUrl, dataDir, storage }: Place): DiskReserve | undefined {
  return databaseUrl === undefined ? diskReserve(dataDir, storage.reserve) : undefined
}

/** Before PostgreSQL is started, which on a full disk it is not able to. */
export async function makeRoomToStart(config: Place): Promise<void> {
  const reserve = reserveOf(config)
  if (reserve === undefined) return
  const { free } = await diskSpace(config.dataDir)
  if (free < reserve.least) await reserve.giveUp()
}

/** In `directory`, as large as `bytes` of free space that are to be kept anyway make sensible. */
function diskReserve(directory: string, bytes: number): DiskReserve {
  const place = path.join(directory, 'reserve')
  const size = Math.min(mostReserved, bytes / 2)
  const least = Math.min(mostLeast, bytes / 4)
  return {
    least,
    enough: size + 2 * least,
    isThere: () => isThere(place, size),
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

/** With what no file system can make smaller. */
async function fill(place: string, size: number): Promise<void> {
  const chunk = randomFillSync(Buffer.allocUnsafe(Math.min(size, 1024 * 1024)))
  await using file = await open(place, 'w', 0o600)
  for (let written = 0; written < size;) {
    const { bytesWritten } = await file.write(chunk, 0, Math.min(chunk.length, size - written))
    written += bytesWritten
  }
}
