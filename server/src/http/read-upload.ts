import type { Readable } from 'node:stream'
import type { Multipart } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { DeskError } from '../errors.ts'

export interface Upload {
  file: Readable & { truncated?: boolean }
  name: string
  internal: boolean
  draft: boolean
  /** Call it after the file was read: refuses further parts. */
  end(): Promise<void>
}

/**
 * Passes on the single file of a form while it arrives. The fields come before it, so they are known when its first
 * byte is. A refused request is still read to its end: until then its connection carries nothing else.
 */
export async function readUpload<T>(
  request: FastifyRequest,
  maxBytes: number,
  take: (upload: Upload) => Promise<T>,
): Promise<T> {
  try {
    return await take(await uploadOf(request, maxBytes))
  } catch (thrown) {
    request.raw.unpipe()
    request.raw.resume()
    throw thrown
  }
}

async function uploadOf(request: FastifyRequest, fileSize: number): Promise<Upload> {
  // The request broke off before it was listened to: waiting for its parts would never end.
  if (request.raw.destroyed) throw new DeskError('attachment.incomplete')
  const fields = new Map<string, boolean>()
  const limits = { fileSize, files: 1, fields: 2, parts: 3, fieldSize: 10, headerPairs: 20 }
  // The whole name, folders included, tells an empty name from one of which only the folder is known.
  const parts = partsOf(request, { limits, preservePath: true, throwFileSizeLimit: false })
  for (;;) {
    const part = await parts.next()
    if (part === undefined) throw new DeskError('attachment.missing')
    if (part.type === 'file') {
      if (part.fieldname !== 'file') throw invalid(part.fieldname, 'This is not a file.')
      // The name may be undefined, against its type: a part may be a file by its media type alone.
      if (!part.filename) throw invalid('file', 'Has no name.')
      const { internal = false, draft = false } = Object.fromEntries(fields)
      const end = () => refuseMore(parts)
      return { file: part.file, name: part.filename, internal, draft, end }
    }
    const { fieldname, value } = part
    if (fieldname !== 'internal' && fieldname !== 'draft') throw invalid(fieldname, 'Unknown.')
    if (value !== 'true' && value !== 'false') throw invalid(fieldname, 'Neither true nor false.')
    if (fields.has(fieldname)) throw invalid(fieldname, 'Given twice.')
    fields.set(fieldname, value === 'true')
  }
}

interface Parts {
  next(): Promise<Multipart | undefined>
}

/** The parts of a form, one by one. If they cannot be read, the sender made a mistake. */
function partsOf(request: FastifyRequest, options: object): Parts {
  const parts = (request.parts(options) as AsyncIterable<Multipart>)[Symbol.asyncIterator]()
  return {
    async next() {
      try {
        const { value, done } = await parts.next()
        return done === true ? undefined : value
      } catch {
        throw new DeskError('request.malformed')
      }
    },
  }
}

/**
 * Refuses parts after the file: an `internal` field there would come too late, when the file was already taken as
 * public.
 */
async function refuseMore(parts: Parts): Promise<void> {
  if ((await parts.next()) !== undefined) throw invalid('file', 'Comes last, and alone.')
}

function invalid(field: string, sentence: string): DeskError {
  return new DeskError('request.invalid', { fields: { [field]: sentence } })
}
