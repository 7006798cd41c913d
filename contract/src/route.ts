import { z } from 'zod'
import { GivenId, Seq } from './people.ts'

/** The shapes of one call. A route without `open` needs a session; most changes need an Idempotency-Key. */
export interface Route {
  summary: string
  /** Also answers people who are not signed in. */
  open?: true
  /** Made twice, the call changes nothing more in the log than made once. */
  withoutIdempotencyKey?: true
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** When absent, the reply has no content (204). */
  reply?: z.ZodType
  /** The path of what the call made, by its reply: the call answers 201, with this path as Location. Null: it cannot be read. */
  creates?: ((reply: never) => string) | null
}

export const byId = z.strictObject({ id: GivenId })
export const at = { seq: Seq, tag: z.string() }
