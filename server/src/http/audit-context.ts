import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AuditContext } from '../audit/audit-context.ts'
import type { Audit } from '../audit/create-audit.ts'
import { networkOf } from '../network/network-of.ts'

/** Browsers can send a User-Agent of any length. */
const deviceLength = 200

/** Gives every request an `audit` context, which says where the request comes from. */
export function describeRequests(app: FastifyInstance, audit: Audit): void {
  app.decorateRequest('audit', {
    getter(this: FastifyRequest) {
      // `ip` is undefined once the connection is gone.
      const address: string | undefined = this.ip
      const { session } = this
      return audit.contextOf({
        actor: session && { id: session.actor.id, sessionId: session.actor.sessionId },
        address: address === undefined ? null : address.slice(0, 64),
        network: address === undefined ? null : networkOf(address),
        device: this.headers['user-agent']?.slice(0, deviceLength) ?? null,
      })
    },
  })
}

declare module 'fastify' {
  interface FastifyRequest {
    readonly audit: AuditContext
  }
}
