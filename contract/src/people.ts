import { z } from 'zod'
import { emailProblem, normalEmail } from './email.ts'
import { limits } from './limits.ts'
import { oneLine, text } from './text-schemas.ts'
import { roles, themes } from './vocabulary.ts'

export const Id = z.uuid()
/** As callers may write it: what is compared and stored is always in small letters. */
export const GivenId = Id.toLowerCase()
export const Time = z.iso.datetime()
/** A position in the log of changes. */
export const Seq = z.int().min(0)

/** A person as shown on tickets. Never carries an e-mail address. `staff` and `active` say whether they can be assigned. */
export const PersonRef = z.strictObject({
  id: Id,
  name: z.string(),
  staff: z.boolean(),
  active: z.boolean(),
})

/** A person as a super admin sees them. */
export const Account = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  active: z.boolean(),
  /** Invited, but no password set yet. */
  pending: z.boolean(),
  /** When the newest unused invitation or password link runs out, or null. */
  linkExpiresAt: Time.nullable(),
  createdAt: Time,
})

export const Settings = z.strictObject({ theme: z.enum(themes) })

export const Me = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  settings: Settings,
  createdAt: Time,
})

/** One of the reader's own sessions. */
export const SignedIn = z.strictObject({
  id: Id,
  /** Browser and system, such as “Firefox on Windows”. */
  device: z.string(),
  /** Where it was last used from, or null when that is not known. */
  address: z.string().nullable(),
  signedInAt: Time,
  /** Within ten minutes. */
  usedAt: Time,
  /** The one that asks. */
  current: z.boolean(),
})

/** Wrong passwords that were tried with somebody's e-mail address, since they last dismissed this. */
export const FailedSignIns = z.strictObject({
  attempts: z.int().min(1),
  firstAt: Time,
  lastAt: Time,
  /** Where the last was from; null if that is not known. */
  lastAddress: z.string().nullable(),
})

export const Name = oneLine('A name', limits.nameLength)
export const Email = z
  .string()
  .max(limits.emailLength, `An e-mail address has at most ${limits.emailLength} characters.`)
  .superRefine((typed, context) => {
    const message = emailProblem(typed)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })
  .transform(normalEmail)
/** Whether it is easily guessed is judged where its owner is known. */
export const Password = text().min(limits.passwordMinLength).max(limits.passwordMaxLength)
