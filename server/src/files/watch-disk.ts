import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Db } from '../database/types.ts'
import { isDiskFull } from '../errors.ts'
import type { DiskReserve } from './disk-reserve.ts'
import { diskSpace } from './disk-space.ts'

const everyMs = 1_000

/** As much as the longest comment takes, so that the check proves that there is space. */
const checkedBytes = 128 * 1024

export interface DiskWatch {
  /** Whether changes cannot be committed because the disk is full. */
  isExhausted(): boolean
  /** Something failed because a disk is full: checks whether changes fail too. */
  suspect(): void
  stop(): Promise<void>
}

interface WatchOptions {
  db: Db
  directory: string
  /**
   * The reserve on the disk of database and files. Undefined: the database is elsewhere, and only failed writes show
   * that its disk is full.
   */
  reserve: DiskReserve | undefined
  log: Logger
}

/**
 * Detects a full disk before everything stops. Then only changes that free space are allowed, and the reserve is given
 * up for them. This ends when the reserve fits again and the database proves that it can write.
 */
export async function watchDisk({ db, directory, reserve, log }: WatchOptions): Promise<DiskWatch> {
  let exhausted = false
  let suspected = false
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    const free = reserve === undefined ? Infinity : (await diskSpace(directory)).free
    if (exhausted) await recover(free)
    else if (free < (reserve?.least ?? 0) || (takeSuspicion() && !(await canCommit(db))))
      await exhaust(free)
    else if (free >= (reserve?.enough ?? Infinity)) await reserve?.putBack()
  }

  function takeSuspicion(): boolean {
    const before = suspected
    suspected = false
    return before
  }

  async function exhaust(free: number): Promise<void> {
    exhausted = true
    log.error({ free }, 'the disk is full: nothing can be changed until something is removed')
    await reserve?.giveUp()
  }

  /** A disk that was full when the server stopped counts as full until the reserve fits again. */
  async function beginFull(): Promise<void> {
    if (reserve === undefined || (await reserve.isThere())) return
    const { free } = await diskSpace(directory)
    if (free < reserve.enough) await exhaust(free)
  }

  async function recover(free: number): Promise<void> {
    if (free < (reserve?.enough ?? 0)) return
    await reserve?.putBack()
    if (!(await canCommit(db))) {
      await reserve?.giveUp()
      return
    }
    exhausted = false
    log.warn('there is room on the disk again')
  }

  /** Checks one at a time: while the database does not answer, no second check starts. */
  function lookAgain(): void {
    looking ??= look()
      .catch((thrown: unknown) => log.warn({ err: thrown }, 'the disk could not be looked at'))
      .finally(() => (looking = undefined))
  }

  await beginFull()
  lookAgain()
  await looking
  const timer = setInterval(lookAgain, everyMs)
  return {
    isExhausted: () => exhausted,
    suspect() {
      suspected = true
      lookAgain()
    },
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}

/** Tries a write that leaves nothing behind. A database that is away does not count as full. */
async function canCommit(db: Db): Promise<boolean> {
  try {
    await db.transaction().execute(async (tx) => {
      await sql`create temp table room (filler bytea) on commit drop`.execute(tx)
      await sql`alter table room alter filler set storage external`.execute(tx)
      await sql`insert into room select decode(repeat('00', ${checkedBytes}::integer), 'hex')`.execute(
        tx,
      )
    })
    return true
  } catch (thrown) {
    return !isDiskFull(thrown)
  }
}
