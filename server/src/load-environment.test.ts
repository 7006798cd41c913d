import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadEnvironment } from './load-environment.ts'

let file: string
beforeAll(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), 'deskbell-env-')), '.env')
})
afterAll(() => rmSync(path.dirname(file), { recursive: true }))

function loaded(content: Buffer | string, env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  writeFileSync(file, content)
  loadEnvironment(env, file)
  return env
}

const text = 'PORT=3001\r\n# Größe\r\nPUBLIC_URL=https://desk.example.org\r\n'
const settings = { PORT: '3001', PUBLIC_URL: 'https://desk.example.org' }
const mark = '\u{feff}'

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(mark + text)],
  ['UTF-16', Buffer.from(mark + text, 'utf16le')],
  ['UTF-16 the other way round', Buffer.from(mark + text, 'utf16le').swap16()],
])('.env may be in %s', (_encoding, content) => {
  expect(loaded(content)).toEqual(settings)
})

test.each([
  ['in another encoding', Buffer.from(text, 'latin1')],
  ['in UTF-16 without a mark', Buffer.from(text, 'utf16le')],
])('.env %s is a sentence that names the file and what to do', (_what, content) => {
  expect(() => loaded(content)).toThrow(
    `The settings in ${file} are not text in UTF-8. Save the file in that encoding, and start again.`,
  )
})

test('a folder named .env is a startup error, and a missing .env is not', () => {
  const folder = path.join(path.dirname(file), 'folder')
  mkdirSync(folder)
  expect(() => loadEnvironment({}, folder)).toThrow(`The settings in ${folder} cannot be read`)
  expect(() => loadEnvironment({}, `${file}.none`)).not.toThrow()
})

test('the environment takes precedence over .env', () => {
  expect(loaded(text, { PORT: '', OTHER: 'kept' })).toEqual({
    ...settings,
    PORT: '',
    OTHER: 'kept',
  })
})

test('variables of PostgreSQL’s own programs are removed, wherever they are set', () => {
  const env = { PGHOST: 'elsewhere', PGOPTIONS: '-c x=y', PGREPLICATION: 'true' }
  expect(loaded(`${text}PGSSLMODE=require\n`, env)).toEqual(settings)
})
