import { z } from 'zod'
import { systemNames } from './actors.ts'
import { emailProblem, normalEmail } from './email.ts'
import { limits } from './limits.ts'
import { mixedAlphabets, mixesAlphabets } from './text.ts'
import { oneLine, text } from './text-schemas.ts'
import { avatarColors, roles, themes } from './vocabulary.ts'

/** A UUID of any version, also one that follows no standard: callers may make ids as they like. */
export const Id = z.guid()
/** An id as callers may write it: the schema turns it into small letters, in which ids are compared and stored. */
export const GivenId = Id.toLowerCase()
/** The colour of a person's avatar, by its place among `avatarColors`. */
const Color = z
  .int()
  .min(0)
  .max(avatarColors - 1)
export const Time = z.iso.datetime()
/** A number in the log; 0 is before the first event. */
export const Seq = z.int().min(0)

/**
 * A person as tickets show them, never with an e-mail address. `staff` and `active` say whether tickets can be
 * assigned to them.
 */
export const PersonRef = z.strictObject({
  id: Id,
  name: z.string(),
  staff: z.boolean(),
  active: z.boolean(),
  color: Color,
})

/** Who acted: a person, or Deskbell itself by one of its rules. */
export const ActorRef = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), person: PersonRef }),
  z.strictObject({ kind: z.literal('system'), name: z.enum(systemNames) }),
])

/** A person as a super admin sees them. */
export const Account = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  color: Color,
  active: z.boolean(),
  /** The person is invited and has not set a password yet. */
  pending: z.boolean(),
  /** When the newest unused invitation or password link expires, or null. */
  linkExpiresAt: Time.nullable(),
  createdAt: Time,
})

export const Settings = z.strictObject({
  theme: z.enum(themes),
  /** When the ticket open beside the list leaves it by the person's own change, the next one opens. */
  autoAdvance: z.boolean(),
  /** Others see how far the person has seen tickets, and the person sees how far others have. */
  receipts: z.boolean(),
})

export const Me = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  color: Color,
  settings: Settings,
  createdAt: Time,
})

/** One of the reader's own sessions. */
export const SignedIn = z.strictObject({
  id: Id,
  /** Browser and operating system, such as “Firefox on Windows”. */
  device: z.string(),
  /** The IP address of the last use, or null when it is not known. */
  address: z.string().nullable(),
  signedInAt: Time,
  /** The last use, to within ten minutes. */
  usedAt: Time,
  /** The session that makes this request. */
  current: z.boolean(),
})

/** Failed sign-ins with the person's e-mail address, since they last dismissed this message. */
export const FailedSignIns = z.strictObject({
  attempts: z.int().min(1),
  firstAt: Time,
  lastAt: Time,
  /** The IP address of the last attempt, or null when it is not known. */
  lastAddress: z.string().nullable(),
})

export const Name = oneLine('A name', limits.nameLength).refine(
  (name) => !mixesAlphabets(name),
  mixedAlphabets,
)
export const Email = z
  .string()
  .max(limits.emailLength, `An e-mail address has at most ${limits.emailLength} characters.`)
  .superRefine((typed, context) => {
    const message = emailProblem(typed)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
  .transform(normalEmail)
/** Only length and characters: whether a password is easily guessed depends on its owner (`passwordProblem`). */
export const Password = text().min(limits.passwordMinLength).max(limits.passwordMaxLength)
