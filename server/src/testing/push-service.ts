import { createECDH, randomBytes } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import ece from 'http_ece'
import { generate } from 'selfsigned'

/** A message as the push service got it, decrypted. */
export interface Received {
  headers: Record<string, unknown>
  message: unknown
}

/** A push service on this computer, and a browser that subscribed there. Another implementation decrypts. */
export interface PushService {
  /** The certificate, for programs that are to trust it. */
  certificate: string
  received: Received[]
  /** Answers with this status from now on. */
  answers(status: number): void
  /** What a browser sends to the desk, for a desk with this key. */
  subscription(key: string): {
    endpoint: string
    keys: { p256dh: string; auth: string }
    key: string
    withText: boolean
  }
  close(): Promise<void>
}

export async function startPushService(): Promise<PushService> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  })
  setDefaultCACertificates([...getCACertificates('default'), made.cert])
  const device = createECDH('prime256v1')
  const keys = {
    p256dh: device.generateKeys().toString('base64url'),
    auth: randomBytes(16).toString('base64url'),
  }
  const received: Received[] = []
  let status = 201
  const server = createServer({ key: made.private, cert: made.cert }, (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const options = { version: 'aes128gcm', privateKey: device, authSecret: keys.auth } as const
      const text = ece.decrypt(Buffer.concat(parts), options).toString()
      received.push({ headers: request.headers, message: JSON.parse(text) })
      const other = status === 101 && { connection: 'upgrade', upgrade: 'other' }
      response.writeHead(status, { location: 'https://localhost/elsewhere', ...other }).end()
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    certificate: made.cert,
    received,
    answers: (next) => {
      status = next
    },
    subscription: (key) => ({
      endpoint: `https://localhost:${port}/${randomBytes(8).toString('hex')}`,
      keys,
      key,
      withText: false,
    }),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}
