import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { simpleParser } from 'mailparser'
import type { ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { certificate, certificateKey } from './certificate.ts'

/** An SMTP server in the test's process: it wants TLS and a password, and keeps what it accepts. */
export interface TestSmtpServer {
  port: number
  /** The value of SMTP_URL. */
  url: string
  /** The e-mails that were accepted, as an independent library reads them, the oldest first. */
  mails: ReceivedMail[]
  /** Decides on a recipient and, with `mail`, on the whole e-mail. A text such as `550 No` refuses it. */
  judge: (recipient: string, mail?: ParsedMail) => string | undefined | Promise<string | undefined>
  /** From now on nobody answers, until `start`. */
  stop(): Promise<void>
  start(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface ReceivedMail extends ParsedMail {
  recipients: string[]
  isEncrypted: boolean
  user: string | undefined
}

const [user, password] = ['desk@desk.example', 'p@ss/word']

export async function startSmtpServer(host = 'localhost'): Promise<TestSmtpServer> {
  trustCertificate()
  let running: SMTPServer | undefined
  const mails: ReceivedMail[] = []
  const server: TestSmtpServer = {
    port: 0,
    get url() {
      const [name, secret] = [user, password].map((part) => encodeURIComponent(part))
      return `smtp://${name}:${secret}@${host}:${this.port}`
    },
    mails,
    judge: () => undefined,
    async stop() {
      const stopping = running
      running = undefined
      for (const { _socket } of stopping?.connections ?? []) _socket?.destroy()
      await new Promise<void>((resolve) => stopping?.close(() => resolve()) ?? resolve())
    },
    async start() {
      running = create(server)
      const { server: listener } = running
      listener.listen(server.port, host)
      await once(listener, 'listening')
      server.port = (listener.address() as AddressInfo).port
    },
    [Symbol.asyncDispose]: () => server.stop(),
  }
  await server.start()
  return server
}

function create(server: TestSmtpServer): SMTPServer {
  const created = new SMTPServer({
    cert: certificate,
    key: certificateKey,
    authMethods: ['PLAIN'],
    closeTimeout: 100,
    onAuth(auth, _session, callback) {
      if (auth.username === user && auth.password === password) callback(null, { user })
      else callback(refusal('535 The password is wrong'))
    },
    async onRcptTo({ address }, _session, callback) {
      const answer = await server.judge(address)
      return callback(answer === undefined ? null : refusal(answer))
    },
    async onData(stream, session, callback) {
      const mail = await simpleParser(stream)
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      const answer = await server.judge(recipients[0] ?? '', mail)
      if (answer !== undefined) return callback(refusal(answer))
      const isEncrypted = session.secure
      server.mails.push({ ...mail, recipients, isEncrypted, user: String(session.user) })
      return callback(null)
    },
  })
  // A client that goes away.
  created.on('error', () => undefined)
  return created
}

function refusal(answer: string): Error {
  const [code = '', ...words] = answer.split(' ')
  return Object.assign(new Error(words.join(' ')), { responseCode: Number(code) })
}

function trustCertificate(): void {
  const trusted = tls.getCACertificates('default')
  if (!trusted.includes(certificate)) tls.setDefaultCACertificates([...trusted, certificate])
}
