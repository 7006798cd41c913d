import { createECDH, randomBytes } from 'node:crypto'

/** What a browser would send. */
export const pushSubscription = {
  endpoint: 'https://push.example/subscription',
  keys: { p256dh: newPoint(), auth: randomBytes(16).toString('base64url') },
  key: newPoint(),
  withText: false,
}

function newPoint(): string {
  return createECDH('prime256v1').generateKeys().toString('base64url')
}
