import { z } from 'zod'
import type { RouteName } from './paths.ts'
import type { Route } from './route.ts'

const base64url = (bytes: number) => z.base64url().length(Math.ceil((bytes * 4) / 3))

/** Where a browser receives messages while no page of the desk is open, as its `PushSubscription.toJSON()` has it. */
const PushSubscription = z.strictObject({
  /** Printable characters of ASCII. */
  endpoint: z
    .url({ protocol: /^https$/ })
    .regex(/^[!-~]+$/)
    .max(2_000),
  keys: z.strictObject({
    /** An uncompressed point of P-256: 65 bytes in base64url. */
    p256dh: base64url(65),
    /** 16 bytes in base64url. */
    auth: base64url(16),
  }),
  /** The desk's key that the subscription was made with. Refused with `push.otherKey` unless it is the present one. */
  key: base64url(65),
  /** Messages to this device name the ticket's title and who acted. */
  withText: z.boolean(),
})

/** Calls about messages to a browser that has no page of the desk open. They are no part of the log. */
export const pushRoutes = {
  pushKey: {
    summary:
      'The public key with which browsers subscribe, in base64url; null while the desk has no address to name as its contact.',
    reply: z.strictObject({ key: z.string().nullable() }),
  },
  savePushSubscription: {
    summary:
      'Send this session messages while no page is open. It replaces the subscription of this session.',
    withoutIdempotencyKey: true,
    body: PushSubscription,
  },
  deletePushSubscription: {
    summary: 'Send this session no more messages.',
    withoutIdempotencyKey: true,
  },
} as const satisfies Partial<Record<RouteName, Route>>
