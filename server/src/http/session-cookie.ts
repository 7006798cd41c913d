import type { FastifyReply } from 'fastify'

/**
 * The session's cookie. Over https its prefix makes browsers refuse a cookie set by a sibling domain or without Secure.
 */
export interface SessionCookie {
  name: string
  set(reply: FastifyReply, token: string, expiresAt: string): void
  clear(reply: FastifyReply): void
}

export function sessionCookie(publicUrl: string | undefined): SessionCookie {
  const secure = publicUrl?.startsWith('https:') === true
  const name = secure ? '__Host-deskbell' : 'deskbell'
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  return {
    name,
    set: (reply, token, expiresAt) => {
      void reply.setCookie(name, token, { ...options, expires: new Date(expiresAt) })
    },
    clear: (reply) => {
      void reply.clearCookie(name, options)
    },
  }
}
