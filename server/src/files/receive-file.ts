import { createHash } from 'node:crypto'
import { finished, Transform } from 'node:stream'
import type { Readable, TransformCallback } from 'node:stream'
import { fileTypeFromBuffer } from 'file-type'
import { v7 as uuidv7 } from 'uuid'
import { cleanLine, hasVisible, limits } from '@deskbell/contract'
import { DeskError } from '../errors.ts'
import type { FileStore } from './file-store.ts'

export interface ReceivedFile {
  id: string
  name: string
  type: string
  /** Bytes. */
  size: number
  sha256: string
}

/** As much as tells what a file is. */
const headBytes = 4_100

/**
 * Takes a file in as it arrives, never whole in memory. When it breaks off or is too large nothing is left of it.
 * Whoever calls removes it again if no row is made for it.
 */
export async function receiveFile(
  store: Pick<FileStore, 'put' | 'remove'>,
  upload: Readable & { truncated?: boolean },
  name: string,
): Promise<ReceivedFile> {
  const id = uuidv7()
  const gauge = new Gauge()
  let brokenOff = false
  // However the upload ends, what is being stored ends in order: nothing is still written when it is thrown away.
  finished(upload, { writable: false }, (error) => {
    if (!error) return
    brokenOff = true
    gauge.end()
  })
  try {
    await store.put(id, upload.pipe(gauge))
    if (brokenOff) throw new DeskError('attachment.incomplete')
    if (upload.truncated === true) throw new DeskError('request.tooLarge')
    return {
      id,
      name: cleanName(name),
      type: await typeOf(gauge.head()),
      size: gauge.size,
      sha256: gauge.digest(),
    }
  } catch (thrown) {
    await store.remove(id)
    throw thrown
  }
}

/** Measures what flows through it and keeps its beginning. */
class Gauge extends Transform {
  size = 0
  readonly #hash = createHash('sha256')
  readonly #head: Buffer[] = []

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.size < headBytes) this.#head.push(chunk.subarray(0, headBytes - this.size))
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

/** From the content alone: what the sender says of it may be a lie. */
async function typeOf(head: Buffer): Promise<string> {
  const known = await fileTypeFromBuffer(head)
  if (known !== undefined) return known.mime
  return looksLikeText(head) ? 'text/plain' : 'application/octet-stream'
}

function looksLikeText(head: Buffer): boolean {
  // The cut may go through a character: the decoder is told that more follows.
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)
  } catch {
    return false
  }
}

/** Without folders, safe to show, and of a length that every file system takes. */
function cleanName(name: string): string {
  // Half a character, as a name in UTF-16 may have, cannot be stored.
  const clean = cleanLine((name.split(/[/\\]/).at(-1) ?? '').toWellFormed())
  if (!hasVisible(clean) || clean === '.' || clean === '..') return 'file'
  if (clean.length <= limits.fileNameLength) return clean
  const dot = clean.lastIndexOf('.')
  const ending = dot > 0 && clean.length - dot <= 20 ? clean.slice(dot) : ''
  const beginning = clean.slice(0, limits.fileNameLength - ending.length)
  // The cut may go through a character.
  return beginning.replace(/[\ud800-\udbff]$/, '') + ending
}
