import { paths, personHeader } from '@deskbell/contract'
import type { Reply } from '@deskbell/contract'
import type { Core } from '../core.ts'
import { ApiError, networkError, unreadableError } from '../api-error.ts'
import type { Environment } from '../environment.ts'
import { readAnswer } from '../read-answer.ts'
import type { AttachOptions } from '../types.ts'

export interface Upload {
  ticketId: string
  file: Blob & { name?: string }
  options: AttachOptions
  /** The Idempotency-Key. */
  key: string
}

/** An upload that stands still for this time has lost its connection, or the server its disk. */
const stalledMs = 60_000

/** Sends a file. */
export async function upload(core: Core, what: Upload): Promise<Reply<'attach'>> {
  try {
    await refuseUnreadable(what.file)
    return await send(core, what)
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown
    // To a browser, a file that changes while it is sent is a lost connection.
    if (thrown.code === 'network') await refuseUnreadable(what.file)
    what.options.progress?.(0)
    core.onRefusal(thrown)
    throw thrown
  }
}

/** Rejects with the ApiError `unreadable` when the beginning of a file cannot be read. */
export async function refuseUnreadable(file: Blob): Promise<void> {
  const reader = file.stream().getReader()
  try {
    await reader.read()
  } catch {
    throw unreadableError()
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

async function send({ api, environment, store }: Core, what: Upload): Promise<Reply<'attach'>> {
  what.options.signal?.throwIfAborted()
  const [method, path] = paths.attach
  const url = api.baseUrl + path.replace(':id', encodeURIComponent(what.ticketId))
  const headers = {
    accept: 'application/json',
    'idempotency-key': what.key,
    [personHeader]: store.reader.id,
  }
  if (typeof XMLHttpRequest !== 'undefined')
    return sendTellingProgress(environment, { method, url, headers }, what)

  const { signal } = what.options
  const response = await environment
    .fetch(url, {
      method,
      credentials: 'include',
      headers: { ...environment.headers, ...headers },
      body: formOf(what),
      ...(signal && { signal }),
    })
    .catch((thrown: unknown) => {
      throw signal?.aborted === true ? thrown : networkError()
    })
  return readAnswer(
    response.status,
    await response.text(),
    response.headers.get('retry-after'),
  ) as Reply<'attach'>
}

interface UploadRequest {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
}

/** Uses XMLHttpRequest: fetch does not report the progress of an upload. */
function sendTellingProgress(
  { after }: Environment,
  { method, url, headers }: UploadRequest,
  what: Upload,
): Promise<Reply<'attach'>> {
  const { signal, progress } = what.options
  const request = new XMLHttpRequest()
  const answered = new Promise<Reply<'attach'>>((resolve, reject) => {
    request.addEventListener('load', () => {
      try {
        const retryAfter = request.getResponseHeader('retry-after')
        resolve(readAnswer(request.status, request.responseText, retryAfter) as Reply<'attach'>)
      } catch (thrown) {
        reject(thrown)
      }
    })
    request.addEventListener('error', () => reject(networkError()))
    request.addEventListener('abort', () => reject(signal?.reason ?? networkError()))
  })
  const abort = () => request.abort()
  let forgetStall = after(stalledMs, abort)
  request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
    forgetStall()
    forgetStall = after(stalledMs, abort)
    if (lengthComputable) progress?.(loaded / total)
  })
  signal?.addEventListener('abort', abort)

  request.open(method, url)
  request.withCredentials = true
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  request.send(formOf(what))
  return answered.finally(() => {
    forgetStall()
    signal?.removeEventListener('abort', abort)
  })
}

/** The fields go before the file: the server decides what to do with it before it reads it. */
function formOf({ file, options }: Upload): FormData {
  const form = new FormData()
  form.set('internal', String(options.internal))
  form.set('draft', String(options.draft))
  form.set('file', file, file.name ?? 'file')
  return form
}
