// Runs before everything else, so it works on any Node and without dependencies. It installs the packages of the lock
// file, and Node itself is one of them.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const stamp = path.join(root, 'node_modules/.deskbell-lock')
const lock = JSON.parse(read('package-lock.json'))
const nodePackage = `node_modules/node-${process.platform}-${process.arch}`
const nodeLink = path.join(root, 'node_modules/.bin/node')

/** Identifies an installation: it depends on the lock file and, for programs such as Node, on the machine. */
function wantedInstallation() {
  const machine = `${process.platform}-${process.arch}`
  return createHash('sha256').update(read('package-lock.json')).update(machine).digest('hex')
}

/** True also after an `npm install` by hand, which only npm's own record shows. */
function isInstalled(wanted) {
  if (nodePackage in lock.packages && !existsSync(path.join(root, nodePackage))) return false
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  if (!existsSync(path.join(root, 'node_modules/.package-lock.json'))) return false
  const { packages: present } = JSON.parse(read('node_modules/.package-lock.json'))
  return Object.entries(lock.packages).every(
    ([place, { version, optional, link }]) =>
      !place.includes('node_modules/') ||
      link === true ||
      (present[place] === undefined ? optional === true : present[place].version === version),
  )
}

function read(file) {
  return readFileSync(path.join(root, file), 'utf8')
}

function install() {
  console.log('Installing what package-lock.json lists (half a minute) …')
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  // npm deletes node_modules first, so it must not run on the Node in that folder.
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] }
  const npm = process.env.npm_execpath
  const node = process.env.npm_node_execpath ?? process.execPath
  const run = npm?.endsWith('.js')
    ? spawnSync(node, [npm, ...args], options)
    : spawnSync('npm', args, options)
  const words = run.stderr ?? ''
  process.stderr.write(words)
  if (run.status === 0) return
  console.error(reasonIn(words))
  process.exit(1)
}

/** The reason in npm's output, if it is one that a person can remove. */
function reasonIn(words) {
  if (/ENOSPC|EDQUOT/.test(words)) {
    return `The disk is full: the installation takes 800 MB in ${root} and in npm's cache. Make room, and try again.`
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/.test(words)) {
    return "The npm registry cannot be reached. Connect this computer to the internet or set npm's proxy, and try again."
  }
  if (/EACCES|EPERM|EROFS/.test(words)) {
    return `The installation may not write in ${root}. Let the user it runs as do so, and try again.`
  }
  return 'The installation failed; run `npm ci` to see why.'
}

/** npm 10 does not create this link, because the packages for other machines contain a program of the same name. */
function linkNode() {
  if (existsSync(nodeLink) || !existsSync(path.join(root, nodePackage))) return
  // Two processes may start at once, so a rename puts the link in place.
  const draft = `${nodeLink}-${process.pid}`
  symlinkSync(path.join('../..', nodePackage, 'bin/node'), draft)
  renameSync(draft, nodeLink)
}

function requireNode() {
  if (existsSync(nodeLink) || Number.parseInt(process.versions.node, 10) >= 24) return
  console.error(
    `Deskbell runs on Node 24, and npm brings none for ${process.platform}-${process.arch}. ` +
      `Install Node 24 (this is ${process.versions.node}) and try again.`,
  )
  process.exit(1)
}

const wanted = wantedInstallation()
if (!isInstalled(wanted)) install()
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) writeFileSync(stamp, wanted)
linkNode()
requireNode()
