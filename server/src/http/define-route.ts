import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { paths } from '@deskbell/contract'
import { GivenId, routes } from '@deskbell/contract/schemas'
import type { Route, Routes } from '@deskbell/contract/schemas'
import { DeskError } from '../errors.ts'
import type { ChangeRequest } from '../log/change.ts'
import type { PersonActor } from '../access/actor.ts'
import type { Session } from '../people/sessions.ts'
import type { budgets } from './limits/budgets.ts'

type Name = keyof Routes
type Open = { [N in Name]: Routes[N] extends { open: true } ? N : never }[Name]

type Part<N extends Name, P extends string> =
  Routes[N] extends Record<P, infer Schema extends z.ZodType> ? z.output<Schema> : undefined
type Replied<N extends Name> =
  Routes[N] extends Record<'reply', infer Schema extends z.ZodType> ? z.input<Schema> : unknown

interface Input<N extends Name> {
  params: Part<N, 'params'>
  query: Part<N, 'query'>
  body: Part<N, 'body'>
  request: FastifyRequest
  reply: FastifyReply
}

/** A call: its input as the contract parsed it, and its actor. */
export interface RequestContext<N extends Name> extends Input<N> {
  session: Session
  actor: PersonActor
  /**
   * The change request: who asks, under which key, and a hash of the content. Only routes that change something use it.
   */
  changeRequest(): ChangeRequest
  /** The Idempotency-Key, if the call has one that is a UUID. */
  givenKey: string | null
}

/**
 * Binds a route of the contract to its handler. Input is parsed first, and the reply is checked against the contract.
 */
export function defineRoute<N extends Exclude<Name, Open>>(
  app: FastifyInstance,
  name: N,
  handle: (context: RequestContext<N>) => Promise<Replied<N>>,
): void {
  register(app, name, async (request, reply) => {
    const session = sessionOf(request)
    const changeRequest = () => changeRequestOf(name, request, session.actor)
    if (needsKey(name)) idempotencyKey(request)
    return handle({
      ...inputOf<N>(request, reply),
      session,
      actor: session.actor,
      changeRequest,
      givenKey: givenKey(request) ?? null,
    })
  })
}

/** Binds a route that needs no session. */
export function defineOpenRoute<N extends Open>(
  app: FastifyInstance,
  name: N,
  handle: (input: Input<N>) => Promise<Replied<N>>,
): void {
  register(app, name, (request, reply) => handle(inputOf<N>(request, reply)))
}

function inputOf<N extends Name>(request: FastifyRequest, reply: FastifyReply): Input<N> {
  return {
    params: request.params,
    query: request.query,
    body: request.body,
    request,
    reply,
  } as Input<N>
}

function register(
  app: FastifyInstance,
  name: Name,
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  const [method, url] = paths[name]
  const route: Route = routes[name]
  app.route({
    method,
    url,
    config: {
      open: route.open === true,
      writes:
        (needsKey(name) || name === 'markSeen' || name === 'saveDraft') && !onFullDisk.has(name),
      budget: budgetOf(name),
    },
    schema: {
      operationId: name,
      summary: route.summary,
      // A field that the contract does not name is refused, also if the contract names none.
      params: route.params ?? nothing,
      querystring: route.query ?? nothing,
      ...(route.body && { body: route.body }),
      response: { ...(route.reply && { [route.creates === undefined ? 200 : 201]: route.reply }) },
    } as object,
    ...(route.body === undefined && { preValidation: refuseBody }),
    handler: async (request, reply) => {
      const answer = await handle(request, reply)
      if (route.creates !== undefined) reply.status(201)
      if (route.creates) reply.header('location', route.creates(answer as never))
      if (route.reply !== undefined) return answer
      // An aborted download does not count as `sent`, but nothing can be sent any more.
      const isAnswered = reply.sent || reply.raw.headersSent
      return isAnswered ? reply : reply.status(204).send()
    },
  })
}

/**
 * Routes that work while the disk is full: those that free space, and those that lock a person out. The sign-in for
 * them needs a little space too.
 */
const onFullDisk: ReadonlySet<Name> = new Set<Name>([
  'deleteAttachment',
  'deleteComment',
  'editPerson',
  'endSessions',
  'withdrawLink',
])

function budgetOf(name: Name): keyof typeof budgets {
  if (name === 'attach') return 'uploads'
  if (name === 'missed') return 'searches'
  if (name === 'markSeen') return 'seen'
  if (name === 'saveDraft' || name === 'discardDraft') return 'drafts'
  return paths[name][0] === 'GET' ? 'reads' : 'changes'
}

const nothing = z.strictObject({})

/** Refuses a body on routes without one. Uploads have no parsed body: their handler reads them. */
async function refuseBody(request: FastifyRequest): Promise<void> {
  if (request.body === undefined) return
  throw new DeskError('request.invalid', { fields: { body: 'This call takes none.' } })
}

function needsKey(name: Name): boolean {
  return paths[name][0] !== 'GET' && !('withoutIdempotencyKey' in routes[name])
}

export function sessionOf(request: FastifyRequest): Session {
  if (request.session === null) throw new DeskError('session.none')
  return request.session
}

export function changeRequestOf(
  name: Name,
  request: FastifyRequest,
  actor: PersonActor,
  content: unknown = withoutSecrets(request.body),
): ChangeRequest {
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([name, request.params, content]))
    .digest('hex')
  return { actor, key: idempotencyKey(request), fingerprint, audit: request.audit }
}

function idempotencyKey(request: FastifyRequest): string {
  const key = givenKey(request)
  if (key === undefined) throw new DeskError('idempotency.missing')
  return key
}

function givenKey({ headers }: FastifyRequest): string | undefined {
  return GivenId.safeParse(headers['idempotency-key']).data
}

/** Passwords are left out: a fast hash of one must not be stored. */
function withoutSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(
    Object.entries(body).filter(([field]) => field !== 'password' && field !== 'current'),
  )
}
