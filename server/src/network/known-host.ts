import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { FastifyRequest } from 'fastify'
import { DeskError } from '../errors.ts'

interface HostRule {
  publicUrl: string | undefined
}

/**
 * Whether a Host can only mean this server. A page of another site can make its own name resolve to this server (DNS
 * rebinding); its requests then have the same origin. It cannot do so with an address, with this computer's name, or
 * with the name in PUBLIC_URL.
 */
export function isKnownHost({ publicUrl }: HostRule, host: string | undefined): boolean {
  // Only programs send no Host; browsers always do.
  if (host === undefined) return true
  const name = nameOf(host)
  if (name === undefined) return false
  if (isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return true
  return name === 'localhost' || name.endsWith('.localhost') || knownNames(publicUrl).has(name)
}

/** Whether a write is allowed at this Host. With PUBLIC_URL set, the Origin rule decides instead. */
export function mayWriteAt(rule: HostRule, host: string | undefined): boolean {
  return rule.publicUrl !== undefined || isKnownHost(rule, host)
}

export function unknownHost(host: string | undefined, protocol = 'http'): DeskError {
  const shown = host ?? ''
  return new DeskError('request.host', { host: shown, setting: settingFor(shown, protocol) })
}

/** The line that the operator has to set. */
export function settingFor(host: string, protocol: string): string {
  return `PUBLIC_URL=${protocol === 'https' ? 'https' : 'http'}://${host}`
}

/** The origin that a request was made to, for links. A host that a proxy reports counts only if it is well-formed. */
export function originOf({ protocol, host, headers }: FastifyRequest): string {
  const forwarded = nameOf(host) === undefined ? headers.host : host
  return `${protocol === 'https' ? 'https' : 'http'}://${forwarded ?? 'localhost'}`
}

/** The name in a Host header, in lower case. Undefined: the header is malformed. */
function nameOf(host: string): string | undefined {
  const url = `http://${host}`
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(url)) return undefined
  const { hostname: name, username, pathname } = new URL(url)
  return username === '' && pathname === '/' ? name.replace(/\.$/, '') : undefined
}

function knownNames(publicUrl: string | undefined): Set<string> {
  const own = hostname().toLowerCase()
  const [label = own] = own.split('.')
  const names = [own, label, `${label}.local`]
  return new Set(publicUrl === undefined ? names : [...names, new URL(publicUrl).hostname])
}
