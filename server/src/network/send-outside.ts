import type { LookupAddress } from 'node:dns'
import { lookup, Resolver } from 'node:dns/promises'
import { request } from 'node:https'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** A POST to an address that a person or a program gave: a push service, a webhook. */
export interface OutsideRequest {
  url: string
  headers: Record<string, string | number>
  body: Buffer
}

interface OutsideOptions {
  /** Private networks that may be reached all the same, such as `10.1.0.0/16`. */
  reachable: readonly string[]
  /** For all of it: looking the name up, connecting, sending and the answer. */
  timeoutMs?: number
}

/** The URL leads to this server, to its network or to nowhere: asking again will not help. */
export class UnreachableAddressError extends Error {}

/** The most of an answer that is read; the rest is cut off. */
const answerBytes = 16 * 1024

/**
 * Sends a request to another server, and never to this one or its network, whatever its name resolves to: the name is looked
 * up once, and the connection goes to the address that was checked. Follows no redirect. Throws if there is no answer.
 */
export async function sendOutside(
  { url, headers, body }: OutsideRequest,
  { reachable, timeoutMs = 10_000 }: OutsideOptions,
): Promise<{ status: number; text: string }> {
  const { protocol, hostname, username } = new URL(url)
  if (protocol !== 'https:' || username !== '')
    throw new UnreachableAddressError('not an https URL')
  const signal = AbortSignal.timeout(timeoutMs)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const pinned = await within(signal, addressOf(host, reachable, signal))
  return within(signal, send({ url, headers, body }, pinned, signal))
}

function send(
  { url, headers, body }: OutsideRequest,
  pinned: LookupAddress,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length },
      agent: false,
      signal,
      lookup: (_name, options, answer) =>
        options.all === true ? answer(null, [pinned]) : answer(null, pinned.address, pinned.family),
    })
    sending.on('error', reject)
    // A server that answers with another protocol ends it without an error.
    sending.on('close', () => reject(new Error('closed without an answer')))
    sending.on('response', (response) => {
      let text = ''
      const done = () => resolve({ status: response.statusCode ?? 0, text })
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
        if (text.length < answerBytes) return
        text = text.slice(0, answerBytes)
        done()
        sending.destroy()
      })
      response.on('end', done)
      response.on('error', reject)
    })
    sending.end(body)
  })
}

async function addressOf(
  host: string,
  reachable: readonly string[],
  signal: AbortSignal,
): Promise<LookupAddress> {
  const found = await addressesOf(host, signal)
  const allowed = found.find(({ address }) => mayReach(address, reachable))
  if (allowed === undefined) throw new UnreachableAddressError(`${host} is not a public address`)
  return allowed
}

/**
 * Asks the name servers, and not the system: its look-ups take one of four threads each, which files need too, and cannot be
 * given up.
 */
async function addressesOf(host: string, signal: AbortSignal): Promise<LookupAddress[]> {
  if (isIP(host) !== 0 || host === 'localhost') return lookup(host, { all: true })
  const resolver = new Resolver({ timeout: 3_000, tries: 2 })
  signal.addEventListener('abort', () => resolver.cancel())
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  if (four.status === 'rejected' && six.status === 'rejected') throw four.reason
  return [four, six].flatMap((answer, index) =>
    answer.status === 'fulfilled'
      ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 }))
      : [],
  )
}

/** Whether an address is public, or in one of the networks. An IPv4 address in the form of IPv6 is that IPv4 address. */
export function mayReach(address: string, reachable: readonly string[]): boolean {
  const parsed = ipaddr.process(address)
  if (parsed.range() === 'unicast') return true
  return reachable.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network)
    return base.kind() === parsed.kind() && parsed.match(base, bits)
  })
}

/** Whatever does not end then, nobody waits for it any longer. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
    work.then(resolve, reject)
  })
}
