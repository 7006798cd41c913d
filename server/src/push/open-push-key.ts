import type { Logger } from 'pino'
import type { Db } from '../database/types.ts'
import { pushKeyOf } from './push-key.ts'
import type { PushKey } from './push-key.ts'
import { deleteForeign } from './push-subscriptions.ts'

/** The desk's key pair, at the start. Devices that subscribed with another one would never hear of anything again. */
export async function openPushKey(db: Db, log: Logger): Promise<PushKey> {
  const key = await pushKeyOf(db)
  const devices = await deleteForeign(db, key.publicKey)
  if (devices > 0)
    log.warn({ devices }, 'the key of push messages changed: devices subscribe again')
  return key
}
