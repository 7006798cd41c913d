import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Db } from '../database/types.ts'
import { isDiskFull } from '../errors.ts'
import type { DiskReserve } from './disk-reserve.ts'
import { diskSpace } from './disk-space.ts'

const everyMs = 1_000

/** As much as a comment of the greatest length takes, so that what is checked is room and not luck. */
const checkedBytes = 128 * 1024

export interface DiskWatch {
  /** Whether changes cannot be committed for want of space. */
  isExhausted(): boolean
  /** Something failed for want of space: finds out whether changes do. */
  suspect(): void
  stop(): Promise<void>
}

interface WatchOptions {
  db: Db
  directory: string
  /** Of the disk that database and files share; undefined when the database is elsewhere, where only failures tell. */
  reserve: DiskReserve | undefined
  log: Logger
}

/**
 * Knows when the disk is full before everything stops: then only what makes room is let through, on a reserve that is
 * given up for it. It is over when there is room for the reserve again and the database proves that it can write.
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

  /** A disk that was full when the server stopped is so until the reserve fits again. */
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

  /** One look at a time: while the database does not answer, the next ones wait. */
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

/** Writes as a change would and leaves nothing. A database that is away is not full. */
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
