import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DeskError } from '../errors.ts'
import { mayWriteAt } from '../network/known-host.ts'
import { sendPage } from './small-page.ts'
import { unknownHostPage } from './unknown-host-page.ts'

/** Browsers ask for these with every page, and they rarely change. */
const isIcon = /\.(ico|png|svg|txt|webmanifest)$/

/** Serves the files of the web app, and its page at every path outside the API. */
export async function webRoutes(
  app: FastifyInstance,
  webRoot: string,
  rule: { publicUrl: string | undefined },
): Promise<void> {
  const page = await readFile(path.join(webRoot, 'index.html'), 'utf8')
  await app.register(fastifyStatic, {
    root: path.join(webRoot, 'assets'),
    prefix: '/assets/',
    // File names contain a hash of the content.
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    index: false,
    decorateReply: false,
  })
  await app.register(fastifyStatic, {
    root: webRoot,
    wildcard: false,
    serveDotFiles: false,
    index: false,
    globIgnore: ['assets/**', 'index.html', '**/.*'],
    setHeaders(reply, file) {
      if (isIcon.test(file)) reply.header('cache-control', 'public, max-age=86400')
    },
  })

  function answerPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { host } = request.headers
    if (host === undefined || mayWriteAt(rule, host))
      return sendPage(reply, (nonce) => page.replaceAll('__CSP_NONCE__', nonce))
    const { protocol } = request
    return sendPage(reply.status(403), (nonce) => unknownHostPage(host, protocol, nonce))
  }

  app.get('/', { schema: { hide: true } as object }, answerPage)
  app.setNotFoundHandler((request, reply) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isRead || isForPrograms(request.url)) throw new DeskError('not.found')
    return answerPage(request, reply)
  })
}

/** Whether an address is one of the API, of files or of the socket, however it is written. */
function isForPrograms(url: string): boolean {
  const [at = ''] = url.split(/[?#]/)
  return /^\/+(api|assets|socket\.io)(\/|$)/i.test(decoded(at))
}

/** What cannot be decoded stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
