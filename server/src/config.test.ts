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
