import { errors } from '../contract/src/errors.ts'
import type { ErrorCode } from '../contract/src/errors.ts'

/** The contents of `details`, for the codes that have some. */
const details: Partial<Record<ErrorCode, string>> = {
  'request.invalid': '`fields`: what is wrong, by path',
  'request.tooMany': '`retryInMs`, but for sockets',
  'request.host': '`host`, `setting`: the line to set',
  'session.throttled': '`retryInMs`',
  'ticket.changed': '`field`, `current`: its value now, `ticket`: the row now',
  'ticket.replied':
    '`missed`: the newest of what others added since, `more`: there is more of it, `version`: send it as `seenVersion` to send anyway',
}

/** docs/errors.md, generated from the contract's table. */
export function errorsPage(): string {
  const rows = Object.entries(errors).map(([code, [status, sentence]]) => {
    return `| \`${code}\` | ${status} | ${sentence} | ${details[code as ErrorCode] ?? ''} |`
  })
  return `${head}\n${rows.join('\n')}\n`
}

const head = `# Errors

Every refused call answers \`{ code, message, details?, requestId }\` with the status below; the socket uses the same codes.
\`message\` is the sentence, for people. Programs go by \`code\`. \`requestId\` finds the line in the server's log. Answers with 429 carry
\`Retry-After\`. What the caller may not know of is \`not.found\`, whether it exists or not.

What is refused before it is a call of Deskbell's has the answers of what refuses it: a request without \`Host\`, with an
\`Expect\` that nobody knows or a \`CONNECT\` those of Node, and requests to \`/socket.io/\` that are no handshake those of
Engine.IO.

This page is made from \`contract/src/errors.ts\`; \`npm test scripts/docs.test.ts -- -u\` makes it anew.

| code | status | sentence | details |
|---|---|---|---|`
