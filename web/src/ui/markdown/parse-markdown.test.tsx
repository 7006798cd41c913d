import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { MarkdownNodes } from './markdown-nodes.tsx'
import classes from './markdown.module.css'
import type { MarkdownElement, MarkdownNode, MarkdownTag } from './markdown-tree.ts'
import { nodesAtMost, parseMarkdown } from './parse-markdown.ts'

function html(text: string): string | undefined {
  const tree = parseMarkdown(text)
  return (
    tree && renderToStaticMarkup(<MarkdownNodes nodes={tree.nodes} />).replaceAll(' dir="auto"', '')
  )
}

function visible(text: string): string {
  return textOf(parseMarkdown(text)?.nodes ?? [])
}

function textOf(nodes: readonly MarkdownNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('')
}

test('marks around words and in front of lines format them', () => {
  const pairs = {
    '# One\n\nTwo *three* **four** ~~five~~ `six` _seven_ ***eight*** __nine ten__':
      '<h3>One</h3><p>Two <em>three</em> <strong>four</strong> <del>five</del> <code>six</code> <em>seven</em> <em><strong>eight</strong></em> <strong>nine ten</strong></p>',
    '(**a**), *b*: "*c*" *Ada*’s – **d**. *e f.*':
      '<p>(<strong>a</strong>), <em>b</em>: &quot;<em>c</em>&quot; <em>Ada</em>’s – <strong>d</strong>. <em>e f.</em></p>',
    '这是**重要**的。 중요한**것**입니다':
      '<p>这是<strong>重要</strong>的。 중요한<strong>것</strong>입니다</p>',
    'a line\nand **the**\n**next**  \nand on':
      '<p>a line\nand <strong>the</strong>\n<strong>next</strong>\nand on</p>',
    '- a\n  - b\n- c': '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>',
    '3. a\n\n4. b': '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>',
    '1. a\n1. b': '<ol><li>a</li><li>b</li></ol>',
    '> quoted\n\n---': '<blockquote><p>quoted</p></blockquote><hr/>',
    '```js\nif (a < b)\n\n  go()\n```': '<pre><code>if (a &lt; b)\n\n  go()</code></pre>',
    '|a|b|\n|-|-:|\n|c|':
      '<table><thead><tr><th>a</th><th style="text-align:right">b</th></tr></thead><tbody><tr><td>c</td><td style="text-align:right"></td></tr></tbody></table>',
    '- [x] done': '<ul><li><input type="checkbox" disabled="" checked=""/> done</li></ul>',
    'text\n## Next': '<p>text</p><h4>Next</h4>',
    '> asked\n> twice\nanswered': '<blockquote><p>asked\ntwice</p></blockquote><p>answered</p>',
    '|a|\n|-|\n|b|\nThank *you*\nBye':
      '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table><p>Thank <em>you</em>\nBye</p>',
  }
  for (const [text, expected] of Object.entries(pairs)) expect(html(text)).toBe(expected)
})

test('a mention shows the name, and no other address of a person leads anywhere', () => {
  const id = '01998f4e-0000-7000-8000-00000000000a'
  const name = (text: string) => `<bdi class="${classes['mention']}">@${text}</bdi>`
  const pairs = {
    [`Ask @[Ada *L*](person:${id})’s team`]: `<p>Ask ${name('Ada *L*')}’s team</p>`,
    [`- **@[Ada](person:${id})**, a@[Bo](person:${id})`]: `<ul><li><strong>${name('Ada')}</strong>, a${name('Bo')}</li></ul>`,
    [`|a|\n|-|\n|@[Ada](person:${id})|`]: `<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>${name('Ada')}</td></tr></tbody></table>`,
    [`\`@[Ada](person:${id})\``]: `<p><code>@[Ada](person:${id})</code></p>`,
    [`[Ada](person:${id}) @[Ada](person:1)`]: `<p>[Ada](person:${id}) @[Ada](person:1)</p>`,
    [`<person:${id}> person:${id}`]: `<p>&lt;person:${id}&gt; person:${id}</p>`,
  }
  for (const [text, expected] of Object.entries(pairs)) expect(html(text)).toBe(expected)
})

test('logs, paths, names and calculations show as they were written', () => {
  const texts = String.raw`[ERROR]: timeout
\\server\share\*.log
C:\Users\*\x and D:\*\y
{\"a\": \"\*\"}
\d+\.\d+ a\|b trailing\
__init__.py and __main__.py
if __name__ == "__main__":
_foo_bar_ snake_case_name
2*3*4 + 2**3**4 = a*b*c
(*p)*(*q), f(*args, **kwargs)
src/**/*.ts and **/*.js
*.log* or *foo.*, /*x*/
a < b > c
<div><b class="x">
~/path, ~5~ and ~6~
&amp; &nbsp; &#42; a?b=1&copy=2
it${'`'}s what I can${'`'}t
so[^1]
a | b | c
[x](no url) [x]() [x](foo) [](https://b.test) [a](//server/share) [a](mailto:)
![x](y) \[a](https://b.test)
[ ] todo
**
***
#12
# 12 broken
#
- - -
====
>
>5 apples
>>> import x
+ a
- 20
1986. A great year
12.
${'```'}
name\n---|`.split('\n')
  for (const text of texts) expect([text, visible(text)]).toEqual([text, text])
  for (const text of [
    'first\n---\nsecond\n***\nthird\n=====\nfourth',
    'port=80\n# other\nhost=x',
    '100\n- 20\n+ 5\n= 85',
    '   id | name\n  ----+-----\n    1 | Ada  Admin\n   10 | Bo',
    'Error: no\n    at foo (bar.ts:1)\n\tat *baz*.js',
    '~~~~~\n*log*.txt\n~~~~~',
    '[^1]: because\n[1]: https://b.test',
  ])
    expect([text, visible(text)]).toEqual([text, text])
  expect(html('    10:42  out\n    10:43  in')).toBe(
    '<pre><code>10:42  out\n10:43  in</code></pre>',
  )
  expect(html('```Traceback (most recent)\n  x\n```')).toBe(
    '<pre><code>Traceback (most recent)\n  x</code></pre>',
  )
})

test('a numbered list shows the numbers that were typed', () => {
  expect(html('3. a\n7. b')).toBe(
    '<ol start="3"><li>a</li><li value="7" style="list-style-type:&quot;7. &quot;">b</li></ol>',
  )
  expect(html('1) a\n2) b')).toContain('<li value="1" style="list-style-type:&quot;1) &quot;">a')
  expect(html('1998. a\n1999. b')).toBe(
    '<ol start="1998" style="padding-inline-start:6ch"><li>a</li><li>b</li></ol>',
  )
})

test('a row that is longer than the head of its table keeps its cells, and a bar is typed with a backslash', () => {
  expect(html('|a|\n|-|\n|1|2\\|3|`4\\|5`|')).toBe(
    '<table><thead><tr><th>a</th><th></th><th></th></tr></thead><tbody><tr><td>1</td><td>2|3</td><td><code>4|5</code></td></tr></tbody></table>',
  )
})

test('each part of a text is laid out in its own direction', () => {
  const parts = (parseMarkdown('שלום\n\n- مرحبا\n\n> a') ?? { nodes: [] }).nodes
  expect(renderToStaticMarkup(<MarkdownNodes nodes={parts} />)).toBe(
    '<p dir="auto">שלום</p><ul dir="auto"><li>مرحبا</li></ul><blockquote dir="auto"><p>a</p></blockquote>',
  )
})

test('a link leads to the web or to a mail program, in a window that knows nothing of this one', () => {
  const about = ' target="_blank" rel="noopener noreferrer nofollow ugc"'
  expect(html('[a](https://b.test "c")')).toBe(
    `<p><a href="https://b.test" title="c"${about} data-named="true">a</a></p>`,
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
    for (const text of [`[a](${address})`, `![a](${address})`, `[a]\n\n[a]: ${address}`])
      expect(html(text)).not.toMatch(/href="(?!https:)/)
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

test('a text shows no character that people cannot write, however it is spelled', () => {
  const turns = '\u202e\u2066\ufeff&#x202e;&#8238;'
  const texts = [`# ${turns}a`, `|${turns}|\n|-|\n|b|`, `![${turns}](https://a.test "${turns}")`]
  for (const text of [...texts, `[${turns}](https://b.test "${turns}")`, `**${turns}**`])
    expect(html(text)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\ufeff]/)
})

test('HTML in a text stays text', () => {
  expect(html('<img src=x onerror=alert(1)>')).toBe('<p>&lt;img src=x onerror=alert(1)&gt;</p>')
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
    /^(?:[^<>]|<\/?(?:p|em|strong|del|code|pre|h[3-6]|ul|ol|li|blockquote|table|thead|tbody|tr|th|td)>|<hr\/>|<ol(?: start="\d+")?(?: style="padding-inline-start:\d+ch")?>|<li value="\d+" style="list-style-type:&quot;\d+[.)] &quot;">|<input type="checkbox" disabled=""(?: checked="")?\/>|<a(?: href="(?!javascript|data)[^"<>]*")?(?: title="[^"<>]*")? target="_blank" rel="noopener noreferrer nofollow ugc">|<\/a>)*$/
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
  for (const piece of ['- a\n', '*a* ', 'a\n\n'])
    expect(parseMarkdown(piece.repeat(1_010))).toBeUndefined()
  for (const text of [table(50), table(200)]) expect(parseMarkdown(text)).toBeUndefined()
  expect(parseMarkdown(`${'> '.repeat(50)}a`)).toBeUndefined()
  expect(parseMarkdown(`${'*'.repeat(200)}a${'*'.repeat(200)}`)).toBeUndefined()
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

test('for any text, everything visible that was typed is visible, except marks that format', () => {
  const inline = ['*', '**', '_', '__', '~~', '~', '`', '\\', '|', '[a](https://b.test)', '<', '>']
  const more = ['&amp;', '<c@d.test>', 'www.b.test', '[', '](', ')', '!', '[x] ', '"', ':', '#']
  const words = ['ab', 'k', '5', ' ', '  ', '\t', '.', ',', '/', '=', '—', '你', 'שלום', '🙂', 'é']
  const lines = ['\n', '\n\n', '\n- ', '\n1. ', '\n7) ', '\n+ ', '\n* ', '\n# ', '\n## ', '\n> ']
  const blocks = [
    '\n---\n',
    '\n***\n',
    '\n===\n',
    '\n```\n',
    '\n~~~\n',
    '\n    ',
    '\n|a|b|\n|-|-|\n|',
  ]
  const piece = fc.constantFrom(...inline, ...more, ...words, ...words, ...lines, ...blocks)
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (parts) => {
      const text = parts.join('')
      const tree = parseMarkdown(text)
      if (tree === undefined) throw new Error('No tree.')
      const hidden = without(visibleOf(text), visibleOf(textOf(tree.nodes)))
      const expected = counted(marksOf(tree.nodes), tree.nodes)
      expect([text, counted(hidden, tree.nodes)]).toEqual([text, expected])
    }),
    { numRuns: 500 },
  )
}, 20_000)

/** The characters of a text that are not in the shown one, which has to be the rest, in order. */
function without(text: string, shown: string): string {
  const hidden: string[] = []
  let at = 0
  for (const character of text) {
    if (shown.startsWith(character, at)) at += character.length
    else hidden.push(character)
  }
  if (at < shown.length)
    throw new Error(`${shown} shows what ${text} does not contain, or in another order.`)
  return hidden.join('')
}

function visibleOf(text: string): string {
  return text.replaceAll(/\s/g, '')
}

/** The marks that an element stands for. `*`, `_` and `-` make bullets and emphasis, so they count as one. */
function marksOf(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? '' : ownMarks(node) + marksOf(node.children)))
    .join('')
}

function ownMarks({ tag, children, href, checked }: MarkdownElement): string {
  if (tag === 'input') return checked === true ? '[x]' : '[]'
  if (tag === 'ul') return '*'.repeat(children.length)
  if (tag !== 'a') return marks[tag] ?? ''
  const shown = textOf(children)
  const isTyped = [shown, `http://${shown}`, `mailto:${shown}`].includes(href ?? '')
  return isTyped ? '' : `[](${href})`
}

const marks: Partial<Record<MarkdownTag, string>> = {
  em: '**',
  strong: '****',
  del: '~~~~',
  h3: '#',
  h4: '##',
  hr: '***',
}

/** Elements whose marks may be as many as one likes: these characters are not counted beside them. */
const uncounted: [MarkdownTag, RegExp][] = [
  ['code', /`/g],
  ['blockquote', />/g],
  ['ol', /[\d.)]/g],
  ['table', /[|:\\*]/g],
  ['a', /!/g],
]

function counted(characters: string, tree: readonly MarkdownNode[]): string {
  const found = tagsOf(tree)
  let rest = characters.replaceAll(/[_-]/g, '*')
  for (const [tag, pattern] of uncounted) if (found.has(tag)) rest = rest.replaceAll(pattern, '')
  return Array.from(rest).toSorted().join('')
}

function tagsOf(nodes: readonly MarkdownNode[]): Set<MarkdownTag> {
  return new Set(
    nodes.flatMap((node) => (typeof node === 'string' ? [] : [node.tag, ...tagsOf(node.children)])),
  )
}
