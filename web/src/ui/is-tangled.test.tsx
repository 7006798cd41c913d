import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import { isTangled } from './is-tangled.ts'
import { MarkdownBody } from './markdown-body.tsx'

function full(text: string): string {
  return text.repeat(limits.bodyLength / text.length)
}

test('a text made to freeze the page is told from one that people write', () => {
  const deep = ['>', '> ', '- ', '1. '].map(full)
  const wide = ['*', '**a*', '[', '``\\', '>|\n\n'].map(full)
  const tables = [100, 1_000].map(
    (columns) => `${'a|'.repeat(columns)}\n${'-|'.repeat(columns)}\n${'x\n'.repeat(2_000)}`,
  )
  const underlined = [full('=\n'), full('> =\n'), full('a\r\n=\r\n'), 'a\n-\n'.repeat(1_000)]
  for (const text of [...deep, ...wide, ...tables, ...underlined])
    expect(isTangled(text)).toBe(true)

  const quoted = Array.from({ length: 12 }, (_, level) => `${'> '.repeat(level)}Re: printer`)
  const list = [
    '* one',
    '  * two',
    '    * three',
    '- - -',
    '-'.repeat(70),
    '| a | b |',
    '|---|---|',
  ]
  const headings = 'A heading\n===\nand what it is about\n\n---\n\n'.repeat(100)
  const dates = '2026-11-23\n'.repeat(1_000)
  const words = full(
    'Some *text* with a [link](https://a.test), and `code` here and there. '.repeat(2),
  )
  for (const text of [quoted.join('\n'), list.join('\n'), headings, dates, words])
    expect(isTangled(text)).toBe(false)
})

test('the deepest text that is taken for Markdown can be shown', () => {
  const nested = `${'>'.repeat(19)}\n`.repeat(50)
  const emphasis = `${'*'.repeat(1_000)}a${'*'.repeat(1_000)}`
  for (const text of [nested, emphasis]) {
    expect(isTangled(text)).toBe(false)
    expect(renderToString(<MarkdownBody text={text} />)).toContain('<')
  }
})
