import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanLine, cleanText, hasVisible, mixedAlphabets } from '@deskbell/contract'
import { CommentBody, Name, Title } from '@deskbell/contract/schemas'
import { startTestDesk } from '../testing/index.ts'
import { refusalOf } from '../testing/refusal-of.ts'

const rlo = '\u202e'
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const harmful = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

const pieces = [
  '\u0000',
  '\u001b',
  '\u0085',
  '\u009b',
  '\r\n',
  '\t',
  '\u2028',
  '\ufeff',
  '\u200b',
  '\u200e',
  '\u200f',
  '\u061c',
  '\u202a',
  '\u202d',
  rlo,
  '\u202c',
  '\u2066',
  '\u2069',
  '\u0301',
  'e',
  '\u3164',
  '\u2800',
  '\u200d',
  '\u200c',
  'é',
  'שלום',
  'سلام',
  '👩🏽‍💻',
]

/** Any text, often with the characters that this is about. */
const written = fc
  .array(fc.oneof(fc.string({ unit: 'binary', maxLength: 5 }), fc.constantFrom(...pieces)))
  .map((parts) => parts.join(''))

describe('whatever is written', () => {
  test('a cleaned line is one line without characters that reverse it, and stays the same when it is cleaned again', () => {
    fc.assert(
      fc.property(written, (text) => {
        const clean = cleanLine(text)
        expect(clean).not.toMatch(harmful)
        expect(clean).not.toMatch(/[\n\t\u200e\u200f\u061c\u2028\u2029]/)
        expect(cleanLine(clean)).toBe(clean)
        expect(clean.normalize('NFC')).toBe(clean)
      }),
    )
  })

  test('a cleaned text keeps its lines, its tabs and every visible character', () => {
    fc.assert(
      fc.property(written, (text) => {
        const clean = cleanText(text)
        expect(clean).not.toMatch(harmful)
        expect(cleanText(clean)).toBe(clean)
        expect(hasVisible(clean)).toBe(hasVisible(text))
        expect(seen(clean)).toEqual(seen(text))
      }),
    )
  })

  test('the schemas accept what the functions return', () => {
    fc.assert(
      fc.property(written, (text) => {
        const title = Title.safeParse(text)
        expect(title.data ?? cleanLine(text)).toBe(cleanLine(text))
        expect(title.success).toBe(
          text.isWellFormed() &&
            !text.includes('\0') &&
            hasVisible(text) &&
            cleanLine(text).length <= 200,
        )
      }),
    )
  })
})

function seen(text: string): string[] {
  return Array.from(text).filter((character) => hasVisible(character))
}

test('a title cannot look like another one', () => {
  expect(Title.parse(`open ${rlo}gnp.exe`)).toBe('open gnp.exe')
  expect(Title.parse('\u2067a\u2069\u200f 12 34')).toBe('a 12 34')
  expect(Title.parse(' two\r\nlines\tand a \u0007bell ')).toBe('two lines and a bell')
  expect(CommentBody.parse(`\ta ${rlo}b\u001b[31m\r\nc`)).toBe('\ta b[31m\nc')
})

test.each([
  ['blanks', ' \u00a0\u3000'],
  ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
  ['marks without a letter', '\u0301\u0308'],
  ['a blank of Braille', '\u2800'],
  ['fillers of Hangul', '\u3164\u115f\u1160\uffa0'],
  ['direction marks', '\u200e\u200f\u202e'],
  ['control characters', '\u0007\u001b'],
  ['variation selectors and tags', '\ufe0f\u{e0041}'],
])('%s are no name and no title, and no comment', (_what, text) => {
  expect(Name.safeParse(text).error?.issues.map(({ message }) => message)).toContain(
    'A name needs something that can be seen.',
  )
  expect(Title.safeParse(text).success).toBe(false)
  expect(CommentBody.parse(text)).toBe('')
})

test.each([
  'محمد علی',
  'می‌خواهم', // Persian, with a zero-width non-joiner within the word
  'שרה לוי',
  'นภา ทองดี',
  '田中 太郎',
  'O’Brien-Núñez',
  'ක්‍රිෂාන්', // Sinhala, with a zero-width joiner
  '👩🏽‍💻 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '葛\u{e0100}城', // a variant of a Han character
  '42',
])('%s stays as it is', (text) => {
  expect(Name.parse(text)).toBe(text)
  expect(Title.parse(text)).toBe(text)
  expect(CommentBody.parse(text)).toBe(text)
})

test('a name and a title lose every ignorable character that no script and no emoji needs', () => {
  const text =
    'A\u{e0001}d\u{e0061}\u{e007f}a\u{e0100}\u034f \u{1d173}L\u{1bca0}o\u17b4v\u00ade\u3164'
  expect(Name.parse(text)).toBe('Ada Love')
  expect(Title.parse(text)).toBe('Ada Love')
})

test.each(['Іngrid', 'Sоlheim', 'Ada Sοlheim', "Ο'Brien", 'I\u200dngrіd', 'Éаda'])(
  'a name whose word mixes alphabets is refused: %j',
  (name) => {
    expect(Name.safeParse(name).error?.issues.map(({ message }) => message)).toEqual([
      mixedAlphabets,
    ])
  },
)

test.each(['Ада Лавлейс', 'Σοφία', 'Ada Лавлейс', 'Ada-Ада', 'Љубица', 'Ada (Ада)', 'Ada 2'])(
  'a name of words in one alphabet each is accepted: %j',
  (name) => {
    expect(Name.parse(name)).toBe(name)
  },
)

test('a comment in a right-to-left script keeps the marks that order its numbers', () => {
  const text = 'עדכון C++\u200f נכשל, 12\u200e-34'
  expect(CommentBody.parse(text)).toBe(text)
})

test('stored text is clean, whoever wrote it and wherever', async () => {
  await using desk = await startTestDesk()
  const root = await desk.someone('super_admin', 'Root')
  const title = `open ${rlo}gnp.exe`
  const made = await root.call('createTicket', {
    body: { title, description: `a\u0007${rlo}` },
  })
  const { id } = made.body.ticket
  expect([made.body.ticket.title, made.body.ticket.description]).toEqual(['open gnp.exe', 'a'])
  const renamed = await root.call('editTicket', { params: { id }, body: { title: `new ${title}` } })
  expect(renamed.body.ticket.title).toBe('new open gnp.exe')
  const said = await root.call('addComment', { params: { id }, body: { body: title } })
  expect(said.body.comment.body).toBe('open gnp.exe')
  const edit = { params: { id: said.body.comment.id }, body: { body: `${rlo}edited` } }
  expect((await root.call('editComment', edit)).body.comment.body).toBe('edited')
  const invited = await root.call('invite', {
    body: { email: 'ina@desk.example', name: `${rlo}Ina`, role: 'sales' },
  })
  expect(invited.body.person.name).toBe('Ina')
  const me = await root.call('editMe', { body: { name: `Ru${rlo}th` } })
  expect(me.body.me.name).toBe('Ruth')

  const nothing = '\u2800\u200b'
  const refused = [
    await root.call('createTicket', { body: { title: nothing, description: '' } }),
    await root.call('editTicket', { params: { id }, body: { title: nothing } }),
    await root.call('editMe', { body: { name: nothing } }),
    await root.call('invite', { body: { email: 'b@desk.example', name: nothing, role: 'sales' } }),
  ]
  expect(refused.map(refusalOf)).toEqual(Array(4).fill('request.invalid'))
  expect(refused[0]?.body.details).toEqual({
    fields: { title: 'A title needs something that can be seen.' },
  })
  for (const body of [nothing, '\u0301', '\u0007\n']) {
    expect(refusalOf(await root.call('addComment', { params: { id }, body: { body } }))).toBe(
      'comment.empty',
    )
  }
})

test('the name of a download is clean, also for files from before the rule for names', async () => {
  await using desk = await startTestDesk()
  const ada = await desk.someone('admin', 'Ada')
  const made = await ada.call('createTicket', { body: { title: 'Files', description: '' } })
  const { body } = await ada.upload(made.body.ticket.id, { content: 'text' })
  const { id } = body.attachment
  await desk.db
    .updateTable('attachments')
    .set({ name: `open ${rlo}gnp.exe` })
    .where('id', '=', id)
    .execute()
  const answer = await ada.call('attachment', { params: { id } })
  expect(answer.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''open%20gnp.exe",
  )
})
