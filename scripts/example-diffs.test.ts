import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const migrations = 'server/migrations'
/** Pages whose diffs take an example through the whole program. `most`: how many files it may change, tests apart. */
const pages = [{ page: 'docs/adding-an-event.md', most: 25 }]

describe.each(pages)('$page', ({ page, most }) => {
  const diffs = diffsOf(readFileSync(path.join(root, page), 'utf8'))
  /** True in a tree where somebody has applied the example. */
  const isApplied = diffs.some(({ file, isNew }) => isNew && existsSync(path.join(root, file)))

  test('the check finds the diffs', () => {
    expect(diffs.map(({ file }) => file)).toContain('contract/src/tickets.ts')
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

  test('it changes no more files than it promises', () => {
    const files = diffs.map(({ file }) => file).filter((file) => !isOfTests(file))
    expect(files.filter((file) => !file.startsWith('docs/')).length).toBeLessThanOrEqual(most)
  })

  test('its migration, if it has one, comes after the last', () => {
    const made = diffs.map(({ file }) => file).filter((file) => path.dirname(file) === migrations)
    const others = readdirSync(path.join(root, migrations)).filter(
      (name) => !made.includes(`${migrations}/${name}`),
    )
    const numbers = made.map((file) => Number.parseInt(path.basename(file), 10))
    expect(numbers).toEqual(made.map((_, index) => others.length + 1 + index))
  })
})

function isOfTests(file: string): boolean {
  return file.includes('/testing/') || file.includes('.test.')
}

function diffsOf(page: string) {
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
