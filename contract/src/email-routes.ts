import { z } from 'zod'
import type { RouteName } from './paths.ts'
import { PersonRef, Time } from './people.ts'
import { at } from './route.ts'
import type { Route } from './route.ts'
import { emailReasons } from './vocabulary.ts'

/** For each reason whether the person is sent e-mails of what they do not see soon. */
const EmailChoices = z.strictObject(
  Object.fromEntries(emailReasons.map((reason) => [reason, z.boolean()])) as Record<
    (typeof emailReasons)[number],
    z.ZodBoolean
  >,
)
const NotificationSettings = z.strictObject({
  ...at,
  email: EmailChoices,
  /** Whether this desk can send e-mails. */
  sendsEmail: z.boolean(),
})
const byToken = z.strictObject({ token: z.string().max(200) })

/** Calls about e-mails that the desk sends. */
export const emailRoutes = {
  notificationSettings: {
    summary: 'How you are notified.',
    reply: NotificationSettings,
  },
  editNotificationSettings: {
    summary: 'Change how you are notified.',
    body: z.strictObject({ email: EmailChoices }),
    reply: NotificationSettings,
  },
  emailState: {
    summary: 'What e-mail still needs to be sent, what waits, and what failed. For super admins.',
    reply: z.strictObject({
      ...at,
      /** The variables of the server that are not set. Without all of them it sends nothing. */
      missing: z.array(z.enum(['SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL'])),
      /** E-mails that wait to be sent, for more to come or for the mail server. */
      waiting: z.int(),
      /** What the mail server said last of one that waits, or why it cannot be reached. */
      problem: z.string().nullable(),
      /** The last 20 that were not sent, the newest first. */
      failures: z.array(
        z.strictObject({
          at: Time,
          reason: z.string(),
          person: PersonRef.nullable(),
          /** The number of the ticket; null: the e-mail had a link to set a password. */
          ticket: z.int().nullable(),
        }),
      ),
    }),
  },
  unsubscribePage: {
    summary: 'The page of a link in an e-mail, with a button that stops such e-mails.',
    open: true,
    withoutIdempotencyKey: true,
    params: byToken,
  },
  unsubscribe: {
    summary: 'Stop e-mails for one reason, as RFC 8058 describes it.',
    open: true,
    withoutIdempotencyKey: true,
    params: byToken,
  },
} as const satisfies Partial<Record<RouteName, Route>>
