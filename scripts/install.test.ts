import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const machine = `${process.platform}-${process.arch}`
const nodePackage = `node_modules/node-${machine}`

test('the Node that npm installed is linked where npm left the link out', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'deskbell-install-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const lock = JSON.stringify({ packages: { [nodePackage]: { version: '24.21.0' } } })
  mkdirSync(path.join(root, nodePackage, 'bin'), { recursive: true })
  mkdirSync(path.join(root, 'node_modules/.bin'))
  symlinkSync(process.execPath, path.join(root, nodePackage, 'bin/node'))
  cpSync(path.join(import.meta.dirname, 'install.mjs'), path.join(root, 'scripts/install.mjs'))
  writeFileSync(path.join(root, 'package-lock.json'), lock)
  writeFileSync(
    path.join(root, 'node_modules/.deskbell-lock'),
    createHash('sha256').update(lock).update(machine).digest('hex'),
  )

  const installed = spawnSync(process.execPath, [path.join(root, 'scripts/install.mjs')])
  const { stdout } = spawnSync(path.join(root, 'node_modules/.bin/node'), ['--version'])

  expect(installed.status).toBe(0)
  expect(stdout.toString().trim()).toBe(process.version)
})

test.each([
  [
    'npm error code ENOSPC',
    /^The disk is full: the installation takes .* Make room, and try again\.$/m,
  ],
  ['npm error code EAI_AGAIN', /^The npm registry cannot be reached\. .* and try again\.$/m],
  ['npm error code EACCES', /^The installation may not write in .* and try again\.$/m],
  ['npm error code EUSAGE', /^The installation failed; run `npm ci` to see why\.$/m],
])('when npm says %s, the start ends with a sentence', (words, sentence) => {
  const root = mkdtempSync(path.join(tmpdir(), 'deskbell-install-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  cpSync(path.join(import.meta.dirname, 'install.mjs'), path.join(root, 'scripts/install.mjs'))
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: {} }))
  const npm = path.join(root, 'npm.js')
  writeFileSync(npm, `console.error(${JSON.stringify(words)}); process.exit(1)`)

  const installed = spawnSync(process.execPath, [path.join(root, 'scripts/install.mjs')], {
    env: { npm_execpath: npm },
    encoding: 'utf8',
  })

  expect(installed.status).toBe(1)
  expect(installed.stderr).toMatch(sentence)
})
