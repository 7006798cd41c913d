import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Recognises a browser that signed in before, like OWASP's device cookies: failed sign-ins of others, per account or
 * per network, do not count against it. The cookie alone opens nothing: every sign-in needs the account's password. A
 * secret in the database signs it, so it is valid on every node.
 */
export interface DeviceCookie {
  name: string
  /** The id that the browser's failures are counted by, if it signed in to this account before. */
  browserOf(request: FastifyRequest, account: string): string | undefined
  /** The id of a browser that signed in to any account before. */
  anyBrowserOf(request: FastifyRequest): string | undefined
  set(request: FastifyRequest, reply: FastifyReply, account: string): void
}

/** The longest that browsers keep a cookie. Each sign-in renews it. */
const lifeSeconds = 400 * 24 * 3600
/** For people who share a browser. */
const accountsPerBrowser = 5

const idBytes = 12
const accountBytes = 12
const macBytes = 16

interface Entry {
  text: string
  id: string
  account: Buffer
}

export function deviceCookie(publicUrl: string | undefined, secret: Buffer): DeviceCookie {
  const secure = publicUrl?.startsWith('https:') === true
  const name = secure ? '__Host-deskbell-browser' : 'deskbell-browser'
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: lifeSeconds,
  } as const

  function sign(purpose: string, content: Buffer | string, length: number): Buffer {
    return createHmac('sha256', secret).update(purpose).update(content).digest().subarray(0, length)
  }

  function tagOf(account: string): Buffer {
    return sign('account', account, accountBytes)
  }

  function read(text: string): Entry | undefined {
    const bytes = Buffer.from(text, 'base64url')
    if (bytes.length !== idBytes + accountBytes + macBytes) return undefined
    const signed = bytes.subarray(0, idBytes + accountBytes)
    const mac = bytes.subarray(idBytes + accountBytes)
    if (!timingSafeEqual(mac, sign('entry', signed, macBytes))) return undefined
    return { text, id: signed.toString('base64url', 0, idBytes), account: signed.subarray(idBytes) }
  }

  function entriesOf(request: FastifyRequest): Entry[] {
    const texts = (request.cookies[name] ?? '').split('.', accountsPerBrowser)
    return texts.map(read).filter((entry) => entry !== undefined)
  }

  return {
    name,
    browserOf(request, account) {
      const tag = tagOf(account)
      return entriesOf(request).find((entry) => entry.account.equals(tag))?.id
    },
    anyBrowserOf: (request) => entriesOf(request)[0]?.id,
    set(request, reply, account) {
      const tag = tagOf(account)
      const signed = Buffer.concat([randomBytes(idBytes), tag])
      const made = Buffer.concat([signed, sign('entry', signed, macBytes)]).toString('base64url')
      const others = entriesOf(request)
        .filter((entry) => !entry.account.equals(tag))
        .map(({ text }) => text)
      const texts = [made, ...others].slice(0, accountsPerBrowser)
      void reply.setCookie(name, texts.join('.'), options)
    },
  }
}
