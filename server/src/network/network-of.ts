import { isIPv6 } from 'node:net'

/**
 * The network that a connection is counted by. An IPv6 client has at least 2^64 addresses, so this is its /64. An IPv4
 * address may be written as an IPv6 address, and some proxies append the port. A connection that broke off has no
 * address: all of these count as one network.
 */
export function networkOf(address: string | undefined): string {
  return prefixOf(address, 4)
}

/**
 * The network that password guesses are counted by. A site with IPv6 has a /48, which contains 65,536 networks. An IPv4
 * address counts alone: its neighbours often belong to someone else.
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

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  // URL gives the canonical form, without an IPv4 address at the end.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [before = [], after = []] = written
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))))
  if (!written.includes('::')) return before
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}
