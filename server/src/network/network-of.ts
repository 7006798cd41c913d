import { isIPv6 } from 'node:net'

/**
 * What connections are counted by. An IPv6 connection has at least 2^64 addresses, so it is its /64. An IPv4 address may
 * come written as an IPv6 one. Some proxies write the port behind it. A connection that broke off has no address
 * any more: all of these are one network.
 */
export function networkOf(address: string | undefined): string {
  return prefixOf(address, 4)
}

/**
 * What guesses are counted by: a site with IPv6 has a /48 of its own, and with it 65,536 networks. An IPv4 address stands
 * for itself: its neighbours are often somebody else's.
 */
export function siteOf(address: string | undefined): string {
  return prefixOf(address, 3)
}

function prefixOf(address: string | undefined, count: 3 | 4): string {
  if (address === undefined) return 'unknown'
  const [bare = ''] = address.replace(/^\[(.*)\](?::\d+)?$/, '$1').split('%')
  if (!isIPv6(bare)) return address.replace(/^([\d.]+):\d+$/, '$1')
  const groups = groupsOf(bare)
  const [high = 0, low = 0] = groups.slice(6)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
  const prefix = groups.slice(0, count).map((group) => group.toString(16))
  return `${prefix.join(':')}::/${count * 16}`
}

/** The eight numbers of an address. */
function groupsOf(address: string): number[] {
  // Written the one way, without an IPv4 address at its end.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [before = [], after = []] = written
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))))
  if (!written.includes('::')) return before
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}
