import { z } from 'zod'
import { GivenId, Seq } from './people.ts'

/** The shapes of one call. A route without `open` needs a session; one that changes something needs an Idempotency-Key. */
export interface Route {
  summary: string
  /** Answers people who are not signed in. */
  open?: true
  /** Not a change in the log: needs no Idempotency-Key. */
  withoutIdempotencyKey?: true
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** Absent: no content. */
  reply?: z.ZodType
}

export const byId = z.strictObject({ id: GivenId })
export const at = { seq: Seq, tag: z.string() }
