import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { MarkdownNodes } from './markdown-nodes.tsx'
import { nodesAtMost, parseMarkdown } from './parse-markdown.ts'

function html(text: string): string | undefined {
  const tree = parseMarkdown(text)
  return tree && renderToStaticMarkup(<MarkdownNodes nodes={tree.nodes} />)
}

test('a text is formatted as Markdown defines', () => {
  const pairs = {
    '# One\n\nTwo *three* **four** ~~five~~ `six`':
      '<h3>One</h3><p>Two <em>three</em> <strong>four</strong> <del>five</del> <code>six</code></p>',
    'a line\nand **the**\n**next**\\\nand on':
      '<p>a line\nand <strong>the</strong>\n<strong>next</strong>\nand on</p>',
    '- a\n  - b\n- c': '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>',
    '3. a\n\n4. b': '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>',
    '> quoted\n\n---': '<blockquote><p>quoted</p></blockquote><hr/>',
    '```js\nif (a < b)\n\n  go()\n```': '<pre><code>if (a &lt; b)\n\n  go()\n</code></pre>',
    '|a|b|\n|-|-:|\n|c|':
      '<table><thead><tr><th>a</th><th style="text-align:right">b</th></tr></thead><tbody><tr><td>c</td><td style="text-align:right"></td></tr></tbody></table>',
    '- [x] done': '<ul><li><input type="checkbox" disabled="" checked=""/> done</li></ul>',
    'so[^1]\n\n[^1]: because':
      '<p>so<sup>1</sup></p><section><h4>Footnotes</h4><ol><li><p>because </p></li></ol></section>',
    '&amp; &copy; \\*': '<p>&amp; © *</p>',
  }
  for (const [text, expected] of Object.entries(pairs)) expect(html(text)).toBe(expected)
})

test('a link leads to the web or to a mail program, in a window that knows nothing of this one', () => {
  const about = ' target="_blank" rel="noopener noreferrer nofollow ugc"'
  expect(html('[a](https://b.test "c")')).toBe(
    `<p><a href="https://b.test" title="c"${about}>a</a></p>`,
  )
  expect(html('see www.b.test')).toBe(
    `<p>see <a href="http://www.b.test"${about}>www.b.test</a></p>`,
  )
  expect(html('<ina@desk.example>')).toContain('href="mailto:ina@desk.example"')
  for (const address of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '&#106;avascript:alert(1)',
    '<java\tscript:alert(1)>',
    '<\u0001javascript:alert(1)>',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://b.test/x',
    'file:///etc/passwd',
  ]) {
    for (const text of [`[a](${address})`, `![a](${address})`, `[a]\n\n[a]: ${address}`]) {
      const [, href = ''] = /href="([^"]*)"/.exec(html(text) ?? '') ?? []
      expect([href, new URL(href, 'https://desk.test').protocol]).toEqual([href, 'https:'])
    }
  }
})

test('an image is a link to it, so that nothing is loaded from elsewhere', () => {
  expect(html('![a cat](https://b.test/cat.png)')).toMatch(
    /^<p><a href="https:[^>]*>a cat<\/a><\/p>$/,
  )
  expect(html('![](https://b.test/cat.png)')).toMatch(/>Image<\/a>/)
  expect(html('[![a cat](https://b.test/cat.png)](https://c.test)')).toMatch(
    /^<p><a href="https:\/\/c\.test"[^>]*>a cat<\/a><\/p>$/,
  )
})

test('the page lays out a long text in pieces, as they come into view', () => {
  const long = 'word '.repeat(1_000).trim()
  for (const [text, start] of [
    [long, '<p>word'],
    [`**So:** ${long}`, '<p><strong>So:</strong> word'],
    [`\`\`\`\n${long}\n\`\`\``, '<pre><code>word'],
  ] as const) {
    const [first = '', ...pieces] = (html(text) ?? '').split('<span')
    expect(first.startsWith(start)).toBe(true)
    expect(pieces.length).toBeGreaterThanOrEqual(8)
    expect(Math.max(...[first, ...pieces].map(({ length }) => length))).toBeLessThan(1_100)
  }
  expect(html('word '.repeat(300))).not.toContain('<span')
})

test('entities cannot produce a character that people cannot write', () => {
  const spelled = '&#x202e;&#8238;&#x2066;&#xfeff;'
  expect(html(`open ${spelled}gpj.exe &rlm;`)).toBe('<p>open gpj.exe \u200f</p>')
  const texts = [`# ${spelled}a`, `|${spelled}|\n|-|\n|b|`, `![${spelled}](/a "${spelled}")`]
  const more = [`[a](/b "${spelled}")`, `[${spelled}](/b)`, `a[^1]\n\n[^1]: ${spelled}`]
  for (const text of [...texts, ...more, `**${spelled}**`, `<b title="${spelled}">`])
    expect(html(text)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\ufeff]/)
})

test('HTML in a text stays text', () => {
  expect(html('<img src=x onerror=alert(1)>')).toBe('&lt;img src=x onerror=alert(1)&gt;')
  expect(html('a <b onclick="x">b</b>')).toBe('<p>a &lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>')
})

test('any text produces only the listed elements and attributes', () => {
  const markup = [
    '<script>',
    '<a href="javascript:x">',
    '</p>',
    '<!--',
    ' onload=x',
    '&lt;',
    '&#60;',
  ]
  const addresses = ['javascript:', 'https://b.test', 'data:', 'www.b.test', 'a@b.test', '"', "'"]
  const inline = ['[a](', '![', '](x)', '[^a]', '`', '**', '_', '~~', '\\', 'a', '\u0000', '\ud800']
  const blocks = ['[^a]: ', '|a|\n|-|\n', '```', '> ', '- ', '1. ', '- [x] ', '# ', '=\n', '    ']
  const pieces = fc.constantFrom(...markup, ...addresses, ...inline, ...blocks, '\n', '\n\n')
  const listed =
    /^(?:[^<>]|<\/?(?:p|em|strong|del|code|pre|h[3-6]|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|sup|section)>|<hr\/>|<ol start="\d+">|<input type="checkbox" disabled=""(?: checked="")?\/>|<a(?: href="(?!javascript|data)[^"<>]*")?(?: title="[^"<>]*")? target="_blank" rel="noopener noreferrer nofollow ugc">|<\/a>)*$/
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
      expect(html(parts.join(''))).toMatch(listed)
    }),
    { numRuns: 300 },
  )
})

test('a text that would produce more than a page can show at once produces nothing', () => {
  const table = (columns: number) =>
    `${'a|'.repeat(columns)}\n${'-|'.repeat(columns)}\n${'x\n'.repeat(columns)}`
  const oneAddress = `[a]: https://b.test/${'x'.repeat(1_000)}\n\n${'[a] '.repeat(300)}`
  for (const piece of ['- a\n', '*a* ', 'a\n\n'])
    expect(parseMarkdown(piece.repeat(1_010))).toBeUndefined()
  for (const text of [table(50), table(200)]) expect(parseMarkdown(text)).toBeUndefined()
  expect(parseMarkdown(`${'> '.repeat(50)}a`)).toBeUndefined()
  expect(parseMarkdown(`${'*'.repeat(200)}a${'*'.repeat(200)}`)).toBeUndefined()
  expect(parseMarkdown(oneAddress)).toBeUndefined()
})

test('what people write is formatted: long lists, quotes of quotes, tables, logs', () => {
  const quoted = Array.from({ length: 12 }, (_, level) => `${'> '.repeat(level)}Re: printer`)
  const table = `|a|b|c|d|e|\n|-|-|-|-|-|\n${'|1|2|3|4|5|\n'.repeat(100)}`
  const tasks = '- [ ] Ask **Ada** for it\n'.repeat(150)
  const lines = '2026-11-23 10:42:17 printer: out of paper\n'.repeat(400)
  for (const text of [quoted.join('\n'), table, tasks, lines, `\`\`\`\n${lines}\`\`\``]) {
    const tree = parseMarkdown(text)
    expect(tree?.size).toBeLessThan(nodesAtMost)
    expect(tree?.size).toBe(sizeOf(tree?.nodes ?? []))
  }
})

function sizeOf(nodes: readonly unknown[]): number {
  return nodes.reduce<number>((sum, node) => {
    const children =
      typeof node === 'object' && node !== null && 'children' in node ? node.children : []
    return sum + 1 + (Array.isArray(children) ? sizeOf(children) : 0)
  }, 0)
}
