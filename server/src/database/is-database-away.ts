const codes = new RegExp(
  [
    // The network, the address, or a keepalive without an answer.
    'ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN',
    // PostgreSQL is starting or stopping, has no free connection, or ended the session after a timeout.
    '57P0[1-5]|08...|53300|25P03',
  ]
    .map((some) => `^(${some})$`)
    .join('|'),
)

/** Messages of the driver's errors without a code. The last but one is for a rollback on a broken connection. */
const messages = new RegExp(
  [
    'Connection terminated',
    'timeout exceeded when trying to connect',
    '^timeout expired$',
    '^Query read timeout$',
    'connection error and is not queryable',
    'after calling end on the pool|Client was closed',
  ].join('|'),
)

/**
 * Whether the database is away: the connection is refused, lost or silent, the server is starting or stopping, or there
 * was no connection in time.
 */
export function isDatabaseAway(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error)) return false
  const code = 'code' in thrown ? String(thrown.code) : ''
  // ENOENT: the Unix socket does not exist. A file may be missing, too.
  if (code === 'ENOENT') return 'syscall' in thrown && thrown.syscall === 'connect'
  // The name server does not know the database's address.
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) return true
  return codes.test(code) || messages.test(thrown.message)
}
