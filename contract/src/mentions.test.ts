import { expect, test } from 'vitest'
import { mentionedIn, mentionOf, mentionsIn, withPlainMentions } from './mentions.ts'

const ada = '01998f4e-0000-7000-8000-00000000000a'
const bob = '01998f4e-0000-7000-8000-00000000000b'
const toAda = `@[Ada Lovelace](person:${ada})`
const toBob = `@[Bob](person:${bob})`

test('mentions are found in order, wherever words stand', () => {
  const text = `${toAda}, ask ${toBob}:\n> said ${toAda}\n- **${toBob}**`
  expect(mentionsIn(text).map(({ name }) => name)).toEqual([
    'Ada Lovelace',
    'Bob',
    'Ada Lovelace',
    'Bob',
  ])
  expect(mentionedIn(text)).toEqual([ada, bob])
  for (const { start, end, name, personId } of mentionsIn(text))
    expect(text.slice(start, end)).toBe(mentionOf({ id: personId, name }))
})

test('ids are compared in small letters', () => {
  expect(mentionedIn(`${toAda} @[Ada](person:${ada.toUpperCase()})`)).toEqual([ada])
})

test('what only looks like a mention mentions nobody', () => {
  const texts = [
    `[Ada](person:${ada})`,
    `@[](person:${ada})`,
    `@[Ada](person:42)`,
    `@[Ada](person:${ada}0)`,
    `@[Ada] (person:${ada})`,
    `@[Ada](https://desk.example/${ada})`,
    `@[A\nda](person:${ada})`,
    `@[${'a'.repeat(81)}](person:${ada})`,
  ]
  for (const text of texts) expect(mentionsIn(text)).toEqual([])
})

test('code mentions nobody', () => {
  const code = [
    `\`${toAda}\``,
    `\`\`a \` ${toAda}\`\``,
    `\`a\n${toAda}\``,
    `\`\`\`\n${toAda}\n\`\`\``,
    `~~~ text\n\n${toAda}\n~~~~`,
    `\`\`\`\n\`\`\` no end\n${toAda}`,
    `> \`\`\`\n> ${toAda}\n> \`\`\``,
    `- \`\`\`\n  ${toAda}\n  \`\`\``,
  ]
  for (const text of code) expect([text, mentionsIn(text)]).toEqual([text, []])

  const words = [
    `\`a\` ${toAda} \`b\``,
    `\`a \`\` ${toAda}`,
    `a \` ${toAda}\n\nb \``,
    `\`\`\`\ncode\n\`\`\`\n${toAda}`,
    `\`\`\` a \`\`\` ${toAda}`,
  ]
  for (const text of words) expect([text, mentionedIn(text)]).toEqual([text, [ada]])
})

test('a plain line shows names without marks, and code as it is', () => {
  expect(withPlainMentions(`${toAda}: see \`${toBob}\`, ${toBob}!`)).toBe(
    `@Ada Lovelace: see \`${toBob}\`, @Bob!`,
  )
})

test('any name can be mentioned', () => {
  const names = [
    '[IT] Ada',
    'Ada `code`',
    '`',
    '<b>Ada</b>',
    'Ada\\',
    ']](',
    '山田さん',
    'נועה',
    ' Ada ',
  ]
  for (const name of names) {
    const text = `Hello ${mentionOf({ id: ada, name })}!`
    expect([name, mentionedIn(text)]).toEqual([name, [ada]])
  }
  expect(mentionOf({ id: ada, name: '[IT] Ada' })).toBe(`@[(IT) Ada](person:${ada})`)
})

test('a hostile text takes no time that a person notices', () => {
  const runs = Array.from({ length: 190 }, (_, n) => '`'.repeat(n + 1)).join(' ')
  for (const text of [
    runs.slice(0, 19_900),
    '`a\n'.repeat(6_000),
    '> '.repeat(9_950),
    '- '.repeat(9_950),
    '@['.repeat(9_950),
    `${toBob}\``.repeat(300),
    ' '.repeat(19_900),
  ]) {
    expect(mentionedIn(`${text}\n\n${toAda}`).at(-1)).toBe(ada)
  }
})
