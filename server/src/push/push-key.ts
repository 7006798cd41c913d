import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Db } from '../database/types.ts'

/** The key pair of this desk, in base64url. Browsers bind their subscriptions to the public one. */
export interface PushKey {
  /** An uncompressed point of P-256. */
  publicKey: string
  privateKey: string
}

/** The key pair that all nodes use. The first one that starts makes it. */
export async function pushKeyOf(db: Db): Promise<PushKey> {
  await db
    .insertInto('push_key')
    .values(newPushKey())
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db
    .selectFrom('push_key')
    .select(['public_key as publicKey', 'private_key as privateKey'])
    .executeTakeFirstOrThrow()
}

function newPushKey() {
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    format: 'jwk',
  })
  const point = [x, y].map((part) => Buffer.from(part ?? '', 'base64url'))
  const publicKey = Buffer.concat([Buffer.of(4), ...point])
  return { public_key: publicKey.toString('base64url'), private_key: d ?? '' }
}

/** Less than a day, the most that push services accept, also where the clocks differ. */
const validMs = 12 * 3_600_000

/** The header with which a push service recognises this desk (RFC 8292). `contact`: a `mailto:` or https URL. */
export function vapidHeader(
  { publicKey, privateKey }: PushKey,
  endpoint: string,
  contact: string,
  now = Date.now(),
): string {
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor((now + validMs) / 1000),
    sub: contact,
  }
  const point = Buffer.from(publicKey, 'base64url')
  const key = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
      d: privateKey,
    },
  })
  const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${publicKey}`
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
