import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Db } from '../database/types.ts'
import { isDiskFull } from '../errors.ts'
import type { DiskReserve } from './disk-reserve.ts'

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
  /**
   * The reserve on the disk of database and files. Undefined: the database is elsewhere, and only failed writes show
   * that its disk is full.
   */
  reserve: DiskReserve | undefined
  log: Logger
}

/**
 * Detects a full disk before everything stops. Then only changes that free space are allowed, and the reserve is given
 * up for them. This ends when there is a little more room than they need and the database proves that it can write; the
 * reserve follows when it fits.
 */
export async function watchDisk({ db, reserve, log }: WatchOptions): Promise<DiskWatch> {
  let exhausted = false
  let suspected = false
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    const room = await roomLeft()
    if (exhausted) return recover(room)
    if (room < (reserve?.least ?? 0)) await reserve?.giveUp()
    if (room < (reserve?.kept ?? 0) || (takeSuspicion() && !(await canCommit(db))))
      await exhaust(room)
    else if (room >= (reserve?.enough ?? Infinity)) await reserve?.putBack()
  }

  async function roomLeft(): Promise<number> {
    return reserve === undefined ? Infinity : reserve.room()
  }

  function takeSuspicion(): boolean {
    const before = suspected
    suspected = false
    return before
  }

  async function exhaust(room: number): Promise<void> {
    exhausted = true
    log.error({ room }, 'the disk is full: nothing can be changed until something is removed')
    await reserve?.giveUp()
  }

  /** A disk that was full when the server stopped counts as full until it would without the stop. */
  async function beginFull(): Promise<void> {
    const room = await roomLeft()
    if (room < (reserve?.resumed ?? 0)) await exhaust(room)
  }

  async function recover(room: number): Promise<void> {
    if (room < (reserve?.resumed ?? 0)) return
    // Under a quota only writing shows how much fits.
    if (room >= (reserve?.enough ?? Infinity)) await reserve?.putBack()
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
