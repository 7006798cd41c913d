import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const migrations = 'server/migrations'
const workspaces = ['contract', 'client', 'server', 'web', 'e2e', 'bench']

/** Pages whose diffs take an example through the whole program. `most`: how many files it may change, tests apart. */
const pages = [
  { page: 'docs/adding-an-event.md', most: 25 },
  { page: 'docs/adding-a-field.md', most: 8 },
  { page: 'docs/adding-a-resource.md', most: 4 },
]

describe.each(pages)('$page', ({ page, most }) => {
  const diffs = diffsOf(readFileSync(path.join(root, page), 'utf8'))
  /** True in a tree where somebody has applied the example. */
  const isApplied = diffs.some(({ file, isNew }) => isNew && existsSync(path.join(root, file)))

  test('the check finds the diffs', () => {
    expect(diffs.length).toBeGreaterThan(2)
    expect(diffs.every(({ file, hunks }) => file !== '' && hunks.length > 0)).toBe(true)
  })

  test.each(diffs)('the diff of $file applies', ({ file, isNew, hunks }) => {
    for (const { head, before, after } of hunks)
      expect(head).toMatch(rangesOf(before.length, after.length))
    expect(existsSync(path.join(root, file))).toBe(isApplied || !isNew)
    if (isNew) return

    const lines = readFileSync(path.join(root, file), 'utf8').split('\n')
    const places = hunks.map(({ before, after }) => placesOf(isApplied ? after : before, lines))
    // The context of a hunk must occur exactly once, so that its place is clear.
    expect(places.map(({ length }) => length)).toEqual(hunks.map(() => 1))
    const order = places.flat()
    expect(order).toEqual(order.toSorted((one, other) => one - other))
  })

  test('its migration, if it has one, comes after the last', () => {
    const made = diffs.map(({ file }) => file).filter((file) => path.dirname(file) === migrations)
    const others = readdirSync(path.join(root, migrations)).filter(
      (name) => !made.includes(`${migrations}/${name}`),
    )
    const numbers = made.map((file) => Number.parseInt(path.basename(file), 10))
    expect(numbers).toEqual(made.map((_, index) => others.length + 1 + index))
  })

  test('it changes no more files than it promises', () => {
    const files = diffs.map(({ file }) => file).filter((file) => !isOfTests(file))
    expect(files.filter((file) => !file.startsWith('docs/')).length).toBeLessThanOrEqual(most)
  })

  test('the tree compiles with the diffs', { timeout: 180_000 }, () => {
    const tree = copyTree()
    try {
      if (!isApplied) for (const diff of diffs) apply(tree, diff)
      const args = ['--noEmit', '--pretty', 'false', '-p', tree]
      const { stdout } = spawnSync(path.join(root, 'node_modules/.bin/tsc'), args, {
        cwd: tree,
        encoding: 'utf8',
      })
      expect(stdout).toBe('')
    } finally {
      rmSync(tree, { recursive: true })
    }
  })
})

interface Diff {
  file: string
  isNew: boolean
  hunks: { head: string; before: string[]; after: string[] }[]
}

function diffsOf(page: string): Diff[] {
  const blocks = [...page.matchAll(/^```diff\n([^]*?)^```$/gm)].map(([, block = '']) => block)
  return blocks
    .flatMap((block) => block.split(/^(?=--- )/m))
    .map((diff) => {
      const [, from, file = ''] = /^--- (.+)\n\+\+\+ b\/(.+)\n/.exec(diff) ?? []
      return { file, isNew: from === '/dev/null', hunks: hunksOf(diff) }
    })
}

function hunksOf(diff: string) {
  const [, ...hunks] = diff.split(/^(?=@@ )/m)
  return hunks.map((hunk) => {
    const [head = '', ...lines] = hunk.slice(0, -1).split('\n')
    const without = (sign: string) =>
      lines.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1))
    return { head, before: without('+'), after: without('-') }
  })
}

/** The line numbers at the head of a hunk. diff leaves out a count of one line. */
function rangesOf(before: number, after: number): RegExp {
  const [removed, added] = [before, after].map((count) => (count === 1 ? '' : `,${count}`))
  return new RegExp(`^@@ -\\d+${removed} \\+\\d+${added} @@$`)
}

/** The indexes at which these lines occur among all lines. */
function placesOf(lines: readonly string[], all: readonly string[]): number[] {
  return [...all.keys()].filter((at) => lines.every((line, index) => all[at + index] === line))
}

function isOfTests(file: string): boolean {
  return file.includes('/testing/') || file.includes('.test.')
}

/** Copies the sources to a folder of this run, in which the packages find each other's copies. */
function copyTree(): string {
  const tree = mkdtempSync(path.join(os.tmpdir(), 'example-'))
  const isSource = (from: string) => !/\/(node_modules|dist|data)$/.test(from)
  for (const name of [
    ...workspaces,
    'docs',
    'scripts',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
  ])
    cpSync(path.join(root, name), path.join(tree, name), { recursive: true, filter: isSource })
  const modules = path.join(tree, 'node_modules')
  mkdirSync(path.join(modules, '@deskbell'), { recursive: true })
  for (const name of readdirSync(path.join(root, 'node_modules')))
    if (name !== '@deskbell')
      symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name))
  for (const name of readdirSync(path.join(root, 'node_modules/@deskbell')))
    symlinkSync(path.join(tree, name), path.join(modules, '@deskbell', name))
  for (const name of workspaces) {
    const own = path.join(root, name, 'node_modules')
    if (existsSync(own)) symlinkSync(own, path.join(tree, name, 'node_modules'))
  }
  return tree
}

function apply(tree: string, { file, isNew, hunks }: Diff): void {
  const target = path.join(tree, file)
  const lines = isNew ? [] : readFileSync(target, 'utf8').split('\n')
  for (const { before, after } of hunks) {
    const at = isNew ? 0 : (placesOf(before, lines)[0] ?? 0)
    lines.splice(at, before.length, ...after)
  }
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, lines.join('\n'))
}
