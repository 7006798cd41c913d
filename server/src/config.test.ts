import path from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('an empty environment is enough', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    dataDir: path.resolve('data'),
    databaseUrl: undefined,
    publicUrl: undefined,
    trustProxy: 'loopback',
    environment: 'production',
    maxUploadBytes: 25 * 1024 * 1024,
  })
})

test('one error names every wrong variable with its value', () => {
  const wrong = { PORT: '99999', PUBLIC_URL: 'desk.example.org', LOG_LEVEL: 'loud' }

  expect(() => readConfig(wrong)).toThrow(
    [
      'The configuration is wrong:',
      '  PORT must be a whole number from 0 to 65535 (it is "99999")',
      '  PUBLIC_URL must look like https://desk.example.org (it is "desk.example.org")',
      '  LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent (it is "loud")',
    ].join('\n'),
  )
})

test('a secret does not appear in the error about it', () => {
  const wrong = { DATABASE_URL: 'mysql://root:hunter2@db/desk', METRICS_TOKEN: 'hunter2' }

  expect(() => readConfig(wrong)).toThrow(/DATABASE_URL.*\n.*METRICS_TOKEN/)
  expect(() => readConfig(wrong)).not.toThrow(/hunter2/)
})

test('an empty variable counts as unset', () => {
  expect(readConfig({ PORT: '', PUBLIC_URL: '' })).toEqual(readConfig({}))
})

test.each([
  ['https://desk.example.org/', 'https://desk.example.org'],
  ['HTTPS://Desk.Example.org:443', 'https://desk.example.org'],
  ['http://10.0.0.7:8080', 'http://10.0.0.7:8080'],
  ['http://localhost:3000', 'http://localhost:3000'],
])('the public address %s is the origin %s', (text, origin) => {
  expect(readConfig({ PUBLIC_URL: text }).publicUrl).toBe(origin)
})

test.each([
  'https://desk.example.org/help',
  'https://desk.example.org/?a',
  'https://user@desk.example.org',
  'ftp://desk.example.org',
  'javascript:alert(1)',
])('the public address %s is refused', (text) => {
  expect(() => readConfig({ PUBLIC_URL: text })).toThrow(/PUBLIC_URL/)
})

test.each([
  ['false', false],
  ['true', true],
  ['2', 2],
  ['loopback,10.0.0.0/8, fd00::/8', 'loopback,10.0.0.0/8, fd00::/8'],
])('TRUST_PROXY=%s is understood', (text, trusted) => {
  expect(readConfig({ TRUST_PROXY: text }).trustProxy).toBe(trusted)
})

test.each(['everyone', '10.0.0.0/33', '10.0.0', '10.0.0.0/8/8', '127.0.0.1,'])(
  'TRUST_PROXY=%s is refused',
  (text) => {
    expect(() => readConfig({ TRUST_PROXY: text })).toThrow(/TRUST_PROXY/)
  },
)

test.each(['80.5', '-1', 'abc', '0x10', '1e3', ' 80'])('PORT=%s is refused', (text) => {
  expect(() => readConfig({ PORT: text })).toThrow(/PORT/)
})

test('e-mail needs a server, a sender and the address of the desk, and an error names all that is missing', () => {
  const SMTP_URL = 'smtp://desk:hunter%402@mail.example.org'
  expect(() => readConfig({ SMTP_URL, PORT: 'x' })).toThrow(
    [
      'The configuration is wrong:',
      '  PORT must be a whole number from 0 to 65535 (it is "x")',
      '  MAIL_FROM is needed with SMTP_URL',
      '  PUBLIC_URL is needed with SMTP_URL',
    ].join('\n'),
  )
  expect(readConfig({})).toMatchObject({
    email: undefined,
    missingForEmail: ['SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL'],
  })
  const others = { PUBLIC_URL: 'https://desk.example.org', MAIL_FROM: 'desk@example.org' }
  expect(readConfig({ SMTP_URL, ...others })).toMatchObject({
    email: {
      smtp: {
        host: 'mail.example.org',
        port: 587,
        secure: false,
        requireTLS: true,
        auth: { user: 'desk', pass: 'hunter@2' },
      },
      from: { name: 'Deskbell', address: 'desk@example.org' },
    },
    missingForEmail: [],
  })
})

test.each([
  ['smtps://mail.example.org', { port: 465, secure: true, requireTLS: false }],
  ['smtp://localhost:25', { host: 'localhost', port: 25, secure: false, requireTLS: false }],
  ['smtp://[::1]:25', { host: '::1' }],
])('SMTP_URL=%s is understood', (SMTP_URL, smtp) => {
  const others = { PUBLIC_URL: 'https://desk.example.org', MAIL_FROM: 'desk@example.org' }
  expect(readConfig({ SMTP_URL, ...others }).email?.smtp).toMatchObject(smtp)
})

test.each([
  'mail.example.org',
  'https://mail.example.org',
  'smtp://u:hunter2@mail.example.org/inbox',
  'smtp://u:hunter2@mail.example.org?tls=no',
  'smtp://u:hunter2%ff@mail.example.org',
])('SMTP_URL=%s is refused, and not shown', (SMTP_URL) => {
  expect(() => readConfig({ SMTP_URL })).toThrow(/SMTP_URL must look like/)
  expect(() => readConfig({ SMTP_URL })).not.toThrow(/hunter2/)
})

test.each([
  ['Help desk <desk@example.org>', { name: 'Help desk', address: 'desk@example.org' }],
  ['Bürö <desk@bücher.example>', { name: 'Bürö', address: 'desk@bücher.example' }],
])('MAIL_FROM=%s is understood', (MAIL_FROM, from) => {
  const others = { PUBLIC_URL: 'https://desk.example.org', SMTP_URL: 'smtp://localhost' }
  expect(readConfig({ MAIL_FROM, ...others }).email?.from).toEqual(from)
})

test.each(['desk', 'a@b, c@d', 'Desk <desk@example.org>\r\nBcc: <all@example.org>', '<>'])(
  'MAIL_FROM=%j is refused',
  (MAIL_FROM) => {
    expect(() => readConfig({ MAIL_FROM })).toThrow(/MAIL_FROM must be an address/)
  },
)
