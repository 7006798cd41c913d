import type { StorageLimits } from '../config.ts'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { diskSpace } from './disk-space.ts'
import { refuseOverQuota, spaceUsed } from './space-used.ts'

/** Uploads of one person at once. An unfinished upload has no row yet, but takes a connection and space on the disk. */
const uploadsAtOnce = 20

/** Size of the form around a file: its fields and the file's name. */
const formBytes = 4_096

export interface Admission {
  /**
   * Reserves space for an upload until the returned function is called, or refuses it before any byte is read. With 0
   * bytes nothing is stored, so there is always space. The quotas are checked exactly again when the row is made: here,
   * uploads under way count with their full size.
   */
  admit(personId: string, bytes: number): Promise<() => void>
}

interface AdmissionOptions {
  db: Db
  /** The folder of the files. */
  directory: string
  limits: StorageLimits
}

interface UnderWay {
  count: number
  bytes: number
}

export function admitUploads({ db, directory, limits }: AdmissionOptions): Admission {
  const underWay = new Map<string, UnderWay>()
  let allBytes = 0

  function add(personId: string, count: number, bytes: number): void {
    const before = underWay.get(personId) ?? { count: 0, bytes: 0 }
    const after = { count: before.count + count, bytes: before.bytes + bytes }
    allBytes += bytes
    if (after.count === 0) underWay.delete(personId)
    else underWay.set(personId, after)
  }

  async function refuseWithoutRoom(personId: string, bytes: number): Promise<void> {
    const [used, { free }] = await Promise.all([spaceUsed(db, personId), diskSpace(directory)])
    if (free - allBytes - bytes < limits.reserve) throw new DeskError('storage.full')
    const least = Math.max(0, bytes - formBytes)
    const { own, ownFiles, all } = used
    const ownBytes = underWay.get(personId)?.bytes ?? 0
    refuseOverQuota(
      { own: own + ownBytes + least, ownFiles: ownFiles + 1, all: all + allBytes + least },
      limits,
    )
  }

  return {
    async admit(personId, bytes) {
      if ((underWay.get(personId)?.count ?? 0) >= uploadsAtOnce) {
        throw new DeskError('request.tooMany')
      }
      add(personId, 1, 0)
      try {
        if (bytes > 0) await refuseWithoutRoom(personId, bytes)
      } catch (thrown) {
        add(personId, -1, 0)
        throw thrown
      }
      // Synchronous after the check, so that of two uploads that fit only one by one, one is admitted.
      add(personId, 0, bytes)
      return () => add(personId, -1, -bytes)
    },
  }
}
