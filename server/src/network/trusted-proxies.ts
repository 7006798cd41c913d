import { compile } from '@fastify/proxy-addr'

/** Whether to trust the X-Forwarded-For of this address: the only source of client addresses, for HTTP and sockets. */
export type Trust = (address: string, hop: number) => boolean

/**
 * Whether the setting declares a proxy in front. The default trusts a proxy on this machine, and does not declare one.
 */
export function namesProxy(setting: string | number | boolean): boolean {
  return setting !== 'loopback' && setting !== false && setting !== 0
}

/** Reads TRUST_PROXY: names, addresses and networks, a number of hops, everyone or no one. */
export function trustedProxies(setting: string | number | boolean): Trust {
  if (typeof setting === 'number') return (_address, hop) => hop < setting
  if (typeof setting === 'boolean') return () => setting
  return compile(setting.split(',').map((part) => part.trim()))
}
