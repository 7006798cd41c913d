import { compile } from '@fastify/proxy-addr'

/** Whether to believe an address's X-Forwarded-For: the only source of client addresses, for calls and sockets. */
export type Trust = (address: string, hop: number) => boolean

/** Whether the setting says that a proxy is in front. Its default believes one on this machine, and says of none. */
export function namesProxy(setting: string | number | boolean): boolean {
  return setting !== 'loopback' && setting !== false && setting !== 0
}

/** From TRUST_PROXY: names, addresses and networks, a number of hops, everyone or no one. */
export function trustedProxies(setting: string | number | boolean): Trust {
  if (typeof setting === 'number') return (_address, hop) => hop < setting
  if (typeof setting === 'boolean') return () => setting
  return compile(setting.split(',').map((part) => part.trim()))
}
