import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { errors } from '../contract/src/errors.ts'
import { errorsPage } from './errors-page.ts'

const root = path.resolve(import.meta.dirname, '..')
const pages = markdownIn(root)

test('docs/errors.md is the contract’s table', async () => {
  await expect(errorsPage()).toMatchFileSnapshot(path.join(root, 'docs/errors.md'))
})

test('docs/errors.md and the contract name the same codes', () => {
  const named = [...read('docs/errors.md').matchAll(/^\| `([^`]+)`/gm)].map(([, code]) => code)
  expect(new Set(named)).toEqual(new Set(Object.keys(errors)))
})

test('every rule of docs/realtime.md has a test, and no test names another rule', () => {
  const rules = [...read('docs/realtime.md').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map(
    ([, id]) => id,
  )
  const files = globSync('{client,contract,server,web,e2e}/**/*.test.{ts,tsx}', {
    cwd: root,
    exclude: ['**/node_modules'],
  })
  const carried = files.flatMap((file) =>
    [...read(file).matchAll(/\[([A-Z]{2}\d+)\]/g)].map(([, id]) => id),
  )
  expect(new Set(carried)).toEqual(new Set(rules))
  expect(rules).toEqual([...new Set(rules)])
})

test('no file has the marks of an unfinished merge', () => {
  const files = globSync(
    '{bench,client,contract,docs,e2e,scripts,server,web}/**/*.{css,md,sql,ts,tsx}',
    {
      cwd: root,
      exclude: ['**/node_modules'],
    },
  )
  expect(files.length).toBeGreaterThan(500)
  expect(files.filter((file) => /^(<<<<<<<|>>>>>>>) /m.test(read(file)))).toEqual([])
})

test('the README names the browsers that the start page names', () => {
  const named = [read('README.md'), read('web/index.html')].map((text) =>
    text.replaceAll(/\s+/g, ' ').match(/Deskbell needs Chrome[^]*?or a later version/g),
  )
  expect(named[0]).toHaveLength(1)
  expect(named[0]).toEqual(named[1])
})

test.each(pages)('every link in %s has a target', (page) => {
  expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([])
})

test('docs/security.md answers every requirement of ASVS 5.0 up to level 2, once', () => {
  const rows = [...read('docs/security.md').matchAll(/^\| (\d+\.\d+\.\d+[^|]*) \|/gm)]
  const ids = rows.flatMap(([, cell = '']) => requirementsIn(cell))
  // ASVS 5.0 has 345 requirements; 253 of them are of levels 1 and 2.
  expect(ids).toHaveLength(253)
  expect(new Set(ids).size).toBe(253)
})

test('docs/glossary.md has at most 40 words, none twice, and each exists in the file that it names', () => {
  const rows = [
    ...read('docs/glossary.md').matchAll(/^\| ([^|]+) \| [^|]+ \| `(\w+)` in \[([^\]]+)\]/gm),
  ]
  const lines = read('docs/glossary.md').match(/^\| /gm) ?? []
  // Two lines are the table's head.
  expect(rows).toHaveLength(lines.length - 1)
  expect(rows.length).toBeLessThanOrEqual(40)
  expect(new Set(rows.map(([, word]) => word)).size).toBe(rows.length)
  const lost = rows.filter(([, , name, file = '']) => {
    const declared = new RegExp(
      `^export (async )?(function|const|interface|type|class) ${name}\\b`,
      'm',
    )
    return !declared.test(read(file))
  })
  expect(lost.map(([line]) => line)).toEqual([])
})

test('the check finds links and broken links', () => {
  expect(pages).toContain('README.md')
  expect(linksOf('README.md')).toContain('ARCHITECTURE.md')
  expect(leadsSomewhere('README.md', 'nowhere.md')).toBe(false)
  expect(leadsSomewhere('README.md', 'README.md#no-such-heading')).toBe(false)
})

function read(page: string): string {
  return readFileSync(path.join(root, page), 'utf8')
}

function markdownIn(folder: string): string[] {
  const ignored = new Set(['node_modules', 'dist', 'data'])
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || ignored.has(entry.name)) return []
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) return markdownIn(place)
    return entry.name.endsWith('.md') ? [path.relative(root, place)] : []
  })
}

/** Expands ranges: “1.2.6–8, 1.3.1” contains four requirements. */
function requirementsIn(cell: string): string[] {
  return cell.split(', ').flatMap((part) => {
    const [, section = '', first = '', last = first] =
      /^(\d+\.\d+)\.(\d+)(?:–(\d+))?$/.exec(part) ?? []
    const count = Number(last) - Number(first) + 1
    return Array.from({ length: count }, (_, index) => `${section}.${Number(first) + index}`)
  })
}

/** A page's links and images that point to other files of the repository. */
function linksOf(page: string): string[] {
  const text = read(page)
    .replaceAll(/^```[^]*?^```/gm, '')
    .replaceAll(/`[^`\n]*`/g, '')
  const links = [
    ...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href|srcset)="([^"]+)"|^\[[^\]]+\]: (\S+)$/gm),
  ]
  return links
    .map(([, inMarkdown, inHtml, named]) => inMarkdown ?? inHtml ?? named ?? '')
    .filter((link) => !/^[a-z]+:/.test(link))
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', heading] = link.split('#')
  const target = file === '' ? page : path.join(path.dirname(page), decodeURIComponent(file))
  if (!existsSync(path.join(root, target))) return false
  return heading === undefined || headingsOf(target).includes(heading)
}

/** The anchors that GitHub makes of headings. */
function headingsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
