import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { ErrorCode } from '@deskbell/contract'
import { DeskError, toDeskError } from '../errors.ts'
import type { NoiseLog } from '../noise-log.ts'
import type { Session } from '../people/sessions.ts'
import type { budgets } from './limits/budgets.ts'

const json = 'application/json; charset=utf-8'

/** Answers every failure as a row of the contract's table of errors. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError)
}

/** Fastify also calls this for a request that it cannot route, such as a path that does not decode. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toDeskError(translate(thrown), (bug) => request.log.error({ err: bug }, 'bug'))
  if (error.status === 429 || error.code === 'busy') retryAfter(error, reply)
  // The reply may have been a file or a new thing, which these headers described.
  for (const name of ['content-disposition', 'content-length', 'etag', 'location'])
    reply.removeHeader(name)
  void reply.status(error.status).type(json).send(error.toBody(request.id))
}

/**
 * Answers a request that is not valid HTTP or never ends. Fastify has no reply for it, so the refusal is written to the
 * connection, which then ends.
 */
export function answerUnreadable(noise: NoiseLog) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const { code } = error
    const refusal = new DeskError(unreadable[code ?? ''] ?? 'request.malformed')
    const requestId = randomUUID()
    noise.note('unreadable request', { code, reqId: requestId })
    const body = JSON.stringify(refusal.toBody(requestId))
    socket.end(
      [
        `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
        `Content-Type: ${json}`,
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    )
    // A client that trickles its body would keep the connection open.
    if (refusal.code === 'request.tooSlow') socket.destroySoon()
  }
}

const unreadable: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: 'request.tooLarge',
  ERR_HTTP_REQUEST_TIMEOUT: 'request.tooSlow',
}

export function answerUnknown(app: FastifyInstance): void {
  app.setNotFoundHandler(() => {
    throw new DeskError('not.found')
  })
}

function retryAfter(
  error: DeskError,
  reply: { header(name: string, value: string): unknown },
): void {
  const { details } = error
  const ms =
    typeof details === 'object' && details !== null && 'retryInMs' in details
      ? Number(details.retryInMs)
      : 1000
  reply.header('retry-after', String(Math.max(1, Math.ceil(ms / 1000))))
}

/** Fastify's own errors, by their codes. */
const refusals: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.tooLarge',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported',
  FST_ERR_BAD_URL: 'not.found',
  FST_ERR_MAX_PARAM_LENGTH: 'not.found',
  FST_ERR_ASYNC_CONSTRAINT: 'not.found',
  FST_ERR_PROTO: 'request.malformed',
  FST_UNDER_PRESSURE: 'busy',
}

function translate(thrown: unknown): unknown {
  if (hasZodFastifySchemaValidationErrors(thrown))
    return new DeskError('request.invalid', { fields: fieldsOf(thrown) })
  if (!(thrown instanceof Error)) return thrown
  const known = 'code' in thrown ? refusals[String(thrown.code)] : undefined
  if (known !== undefined) return new DeskError(known)
  return isRefusal(thrown) ? new DeskError('request.malformed') : thrown
}

/** Whether Fastify, a plugin or its JSON parser refused the request: they set a 4xx status on the caller's mistakes. */
function isRefusal(thrown: Error): boolean {
  if (!('statusCode' in thrown)) return false
  return Number(thrown.statusCode) >= 400 && Number(thrown.statusCode) < 500
}

interface Invalid {
  validation: readonly { instancePath: string; message?: string | undefined }[]
  /** The part of the request. */
  validationContext?: string | undefined
}

/** What is wrong with the whole query, such as a key that the contract does not name, stands under `query`. */
function fieldsOf({ validation, validationContext }: Invalid): Record<string, string> {
  const whole = validationContext === 'querystring' ? 'query' : (validationContext ?? 'body')
  const fields = validation.map(({ instancePath, message }) => [
    instancePath.replace(/^\//, '').replaceAll('/', '.') || whole,
    message ?? 'Invalid',
  ])
  // Of two problems in one place, the first: a key that is not named can break a rule about those that are.
  return Object.fromEntries(fields.toReversed())
}

declare module 'fastify' {
  interface FastifyContextConfig {
    open?: boolean
    /** The route is refused while the disk is full. */
    writes?: boolean
    /** The budget that a call of the route counts against. */
    budget?: keyof typeof budgets
  }
  interface FastifyRequest {
    session: Session | null
  }
}
