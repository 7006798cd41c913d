import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { buildWeb } from '../server/src/web-build.ts'

const budget = 250_000

interface Chunk {
  file: string
  imports?: string[]
}

test('the ticket list loads at most 250 KB of JavaScript, gzipped', async () => {
  const dist = await buildWeb()
  const manifest = JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >
  // Every page of a signed-in person loads the toasts, though only after it is shown.
  const files = closure(manifest, ['index.html', 'src/notifications/toasts.tsx'])
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(dist, file))).length),
  )
  const total = sizes.reduce((sum, size) => sum + size, 0)
  console.log(`The ticket list loads ${(total / 1000).toFixed(1)} KB of JavaScript, gzipped.`)
  expect(total).toBeLessThanOrEqual(budget)
}, 120_000)

test('the parser of Markdown is in the script of the worker alone, so that the page cannot run it', async () => {
  const assets = join(await buildWeb(), 'assets')
  const scripts = (await readdir(assets)).filter((file) => file.endsWith('.js'))
  const parsing: string[] = []
  for (const file of scripts) {
    // The parser uses this name for part of a footnote.
    const text = await readFile(join(assets, file), 'utf8')
    if (text.includes('gfmFootnoteCallLabelMarker')) parsing.push(file)
  }
  expect(parsing).toEqual([expect.stringMatching(/^markdown-worker-/)])
}, 120_000)

/** The files of these entries and of all their static imports. */
function closure(manifest: Record<string, Chunk>, entries: string[]): string[] {
  const found = new Map<string, string>()
  const waiting = [...entries]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = manifest[name]
    if (chunk === undefined) throw new Error(`The build has no chunk for ${name}.`)
    if (found.has(name)) continue
    found.set(name, chunk.file)
    waiting.push(...(chunk.imports ?? []))
  }
  return [...found.values()]
}
