import { createHash } from 'node:crypto'
import { finished, Transform } from 'node:stream'
import type { Readable, TransformCallback } from 'node:stream'
import { fileTypeFromBuffer } from 'file-type'
import { v7 as uuidv7 } from 'uuid'
import {
  cleanLine,
  hasVisible,
  limits,
  pictureHeadBytes,
  pictureTypes,
  pixelsOf,
} from '@deskbell/contract'
import { DeskError } from '../errors.ts'
import type { FileStore } from './file-store.ts'

export interface ReceivedFile {
  id: string
  name: string
  type: string
  /** Bytes. */
  size: number
  sha256: string
  /** Null if it is not a picture that pages show. */
  pixels: number | null
}

/** The bytes needed to detect the type of a file. */
const typeBytes = 4_100

/**
 * Stores a file as it arrives, never whole in memory. If the upload breaks off or is too large, nothing stays. The
 * caller removes the file if no row is made for it.
 */
export async function receiveFile(
  store: Pick<FileStore, 'put' | 'remove'>,
  upload: Readable & { truncated?: boolean },
  name: string,
): Promise<ReceivedFile> {
  const id = uuidv7()
  const gauge = new Gauge()
  let brokenOff = false
  // However the upload ends, storing it ends normally: nothing is still being written when it is removed.
  finished(upload, { writable: false }, (error) => {
    if (!error) return
    brokenOff = true
    gauge.end()
  })
  try {
    await store.put(id, upload.pipe(gauge))
    if (brokenOff) throw new DeskError('attachment.incomplete')
    if (upload.truncated === true) throw new DeskError('request.tooLarge')
    const head = gauge.head()
    const type = await typeOf(head.subarray(0, typeBytes))
    return {
      id,
      name: cleanName(name),
      type,
      size: gauge.size,
      sha256: gauge.digest(),
      pixels: pictureTypes.includes(type) ? pixelsIn(head) : null,
    }
  } catch (thrown) {
    await store.remove(id)
    throw thrown
  }
}

/** Measures and hashes the bytes that pass through, and keeps the first ones. */
class Gauge extends Transform {
  size = 0
  readonly #hash = createHash('sha256')
  readonly #head: Buffer[] = []

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.size < pictureHeadBytes)
      this.#head.push(chunk.subarray(0, pictureHeadBytes - this.size))
    this.size += chunk.length
    this.#hash.update(chunk)
    done(null, chunk)
  }

  head(): Buffer {
    return Buffer.concat(this.#head)
  }

  digest(): string {
    return this.#hash.digest('hex')
  }
}

/** A picture whose beginning does not tell its size counts as too large: nobody knows what a browser makes of it. */
function pixelsIn(head: Buffer): number {
  return Math.min(pixelsOf(head) ?? Infinity, Number.MAX_SAFE_INTEGER)
}

/** Detects the type by the content only: the sender's type may be false. */
async function typeOf(head: Buffer): Promise<string> {
  const known = await fileTypeFromBuffer(head)
  if (known !== undefined) return known.mime
  return looksLikeText(head) ? 'text/plain' : 'application/octet-stream'
}

function looksLikeText(head: Buffer): boolean {
  // The cut may split a character: with `stream` the decoder expects more bytes.
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)
  } catch {
    return false
  }
}

/** A file name without folders, safe to show, and short enough for every file system. */
function cleanName(name: string): string {
  // Half a surrogate pair, which a UTF-16 name may contain, cannot be stored.
  const clean = cleanLine((name.split(/[/\\]/).at(-1) ?? '').toWellFormed())
  if (!hasVisible(clean) || clean === '.' || clean === '..') return 'file'
  if (clean.length <= limits.fileNameLength) return clean
  const dot = clean.lastIndexOf('.')
  const ending = dot > 0 && clean.length - dot <= 20 ? clean.slice(dot) : ''
  const beginning = clean.slice(0, limits.fileNameLength - ending.length)
  // The cut may split a surrogate pair.
  return beginning.replace(/[\ud800-\udbff]$/, '') + ending
}
