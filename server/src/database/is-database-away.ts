const codes = new RegExp(
  [
    // The network, the address, or a keepalive that nobody answered.
    'ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN',
    // PostgreSQL starts, stops, or has no connection or no patience left.
    '57P0[1-5]|08...|53300|25P03',
  ]
    .map((some) => `^(${some})$`)
    .join('|'),
)

/** What the driver says without a code. The last but one is what becomes of a rollback on a broken connection. */
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

/** Connection refused, lost or silent, server starting or stopping, no connection to be had in time. */
export function isDatabaseAway(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error)) return false
  const code = 'code' in thrown ? String(thrown.code) : ''
  // A socket that is not there; a file may be missing, too.
  if (code === 'ENOENT') return 'syscall' in thrown && thrown.syscall === 'connect'
  // The name server that knows the database's address.
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) return true
  return codes.test(code) || messages.test(thrown.message)
}
