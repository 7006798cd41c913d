import { errors } from '../contract/src/errors.ts'
import type { ErrorCode } from '../contract/src/errors.ts'

/** The contents of `details`, for the codes that have some. */
const details: Partial<Record<ErrorCode, string>> = {
  'request.invalid':
    '`fields`: what is wrong, by path; `query` is the whole query, `body` the whole body',
  'request.tooMany': '`retryInMs`, except for sockets',
  'request.host': '`host`, `setting`: the line to set',
  'session.throttled': '`retryInMs`',
  'draft.differs': '`draft`: the other text, with its files, `rev` and time',
  'ticket.changed': '`field`, `current`: its present value, `ticket`: the present row',
  'ticket.replied':
    '`missed`: the newest items that others added since, `more`: whether there are older ones, `version`: the `seenVersion` with which the reply is sent anyway',
}

/** docs/errors.md, generated from the contract's table. */
export function errorsPage(): string {
  const rows = Object.entries(errors).map(([code, [status, sentence]]) => {
    return `| \`${code}\` | ${status} | ${sentence} | ${details[code as ErrorCode] ?? ''} |`
  })
  return `${head}\n${rows.join('\n')}\n`
}

const head = `# Errors

The server answers a refused call with \`{ code, message, details?, requestId }\` and the status below; the socket uses the
same codes. \`message\` is the sentence, for people. Programs use \`code\`. \`requestId\` finds the line in the server's log. An
answer with 429 carries \`Retry-After\`. If the caller may not know of something, the code is \`not.found\`, whether it exists
or not.

Some requests are refused before they reach Deskbell's code, with other answers: Node refuses a request without \`Host\`,
with an unknown \`Expect\`, or with \`CONNECT\`; Engine.IO refuses requests to \`/socket.io/\` that are not a handshake.

This page is generated from \`contract/src/errors.ts\`; \`npm test scripts/docs.test.ts -- -u\` writes it again.

| code | status | sentence | details |
|---|---|---|---|`
