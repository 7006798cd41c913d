import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cleanLine, isStaff } from '@deskbell/contract'
import type { Attachment } from '@deskbell/contract'
import { DeskError } from '../errors.ts'
import { wasExecuted } from '../log/change.ts'
import type { FileStore } from '../files/file-store.ts'
import { readStorage } from '../files/read-storage.ts'
import { receiveFile } from '../files/receive-file.ts'
import { attach } from '../tickets/changes/attach.ts'
import { readAttachment } from '../tickets/reads/read-attachment.ts'
import { ticketItem } from '../tickets/reads/read-tickets.ts'
import type { HttpParts } from './http-parts.ts'
import { changeRequestOf, defineRoute } from './define-route.ts'
import { readUpload } from './read-upload.ts'
import type { Upload } from './read-upload.ts'

/** Limit on the warnings about missing files: a backup restored without its files misses all of them. */
const warnedFiles = 1_000

export function fileRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { db, files, filesDirectory, admission, storage, maxUploadBytes } = parts
  const missing = new Set<string>()

  /** Warns once per file: every visit to the ticket requests its files again. */
  function warnOnce(attachmentId: string, log: FastifyBaseLogger): void {
    if (missing.has(attachmentId) || missing.size >= warnedFiles) return
    missing.add(attachmentId)
    log.warn({ attachmentId }, 'the content of a file is missing')
  }

  defineRoute(app, 'attach', async ({ actor, params, request }) => {
    // Checked before the file is received, and again under the ticket's lock.
    await ticketItem(db, actor, params.id)
    const isRepeated = await wasExecuted(db, changeRequestOf('attach', request, actor, {}))
    const store = isRepeated ? nowhere : files
    const take = async (upload: Upload) => {
      const { internal, draft } = upload
      if (internal && !isStaff(actor.role)) throw new DeskError('forbidden')
      const received = await receiveFile(store, upload.file, upload.name)
      return keep(store, received.id, async () => {
        await upload.end()
        const { size, sha256 } = received
        const changeRequest = changeRequestOf('attach', request, actor, {
          size,
          sha256,
          internal,
          draft,
        })
        return attach(db, changeRequest, params.id, { ...received, internal, draft }, storage)
      })
    }
    const leave = await admission.admit(actor.id, isRepeated ? 0 : bytesOf(request, maxUploadBytes))
    try {
      const id = await readUpload(request, maxUploadBytes, take)
      const { attachment, seq, tag } = await readAttachment(db, actor, id)
      return { attachment, seq, tag }
    } finally {
      leave()
    }
  })

  defineRoute(app, 'storage', ({ actor }) => readStorage(db, actor, filesDirectory, storage))

  defineRoute(app, 'attachment', async ({ actor, params, request, reply }) => {
    const { attachment, sha256 } = await readAttachment(db, actor, params.id)
    const etag = `"${sha256}"`
    if (request.headers['if-none-match'] === etag) {
      describeDownload(reply, attachment, etag)
      return reply.status(304).send()
    }
    const content = await files.get(attachment.id, attachment.size)
    if (content === undefined) {
      warnOnce(attachment.id, request.log)
      throw new DeskError('attachment.gone')
    }
    describeDownload(reply, attachment, etag)
    return reply.header('content-length', attachment.size).send(content)
  })
}

/** Nothing uploaded may run here: a file is a download, unless it is an image type that cannot contain scripts. */
function describeDownload(reply: FastifyReply, file: Attachment, etag: string): void {
  // Names stored before the rule for names existed were not cleaned.
  const name = encodeURIComponent(cleanLine(file.name) || 'file').replaceAll("'", '%27')
  void reply
    .header('content-type', file.type)
    .header(
      'content-disposition',
      `${file.image ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    )
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, no-cache')
    .header('etag', etag)
}

/** Removes stored content if no row is made for it, because the change is refused or was made before. */
async function keep(
  store: Pick<FileStore, 'remove'>,
  contentId: string,
  make: () => Promise<{ id: string }>,
): Promise<string> {
  try {
    const { id } = await make()
    if (id !== contentId) await store.remove(contentId)
    return id
  } catch (thrown) {
    // Any other failure may come after the commit, and then a row refers to the content. If none does, the sweep
    // removes it.
    if (thrown instanceof DeskError) await store.remove(contentId)
    throw thrown
  }
}

/** Stores nothing: a repeated upload only needs its hash, because the first one is stored already. */
const nowhere: Pick<FileStore, 'put' | 'remove'> = {
  async put(_id, content) {
    for await (const _chunk of content);
  },
  remove: async () => {},
}

/** The declared length of an upload; without one, the longest that is allowed. */
function bytesOf(request: FastifyRequest, most: number): number {
  const said = Number(request.headers['content-length'] ?? most)
  return Math.min(said, most)
}
