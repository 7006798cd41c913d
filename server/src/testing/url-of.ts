import type { PoolConfig } from 'pg'

/** The DATABASE_URL of a connection, with any characters in its password. */
export function urlOf({
  host = '',
  port = 5432,
  user = '',
  password,
  database = '',
}: PoolConfig): string {
  const url = new URL(`postgres://localhost:${port}/${database}`)
  url.username = encodeURIComponent(user)
  if (typeof password === 'string') url.password = encodeURIComponent(password)
  url.searchParams.set('host', host)
  return url.href
}
