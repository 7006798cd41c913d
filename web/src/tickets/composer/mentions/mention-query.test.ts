import { expect, test } from 'vitest'
import { mentionQuery } from './mention-query.ts'

const known = new Map([['Ada May', 'id']])

test.for([
  ['@', ''],
  ['Ask @gra', 'gra'],
  ['(@Grace Ho', 'Grace Ho'],
  ['one\n@g', 'g'],
  ['請@山', '山'],
  ['@Ada May, @Ada Ma', 'Ada Ma'],
  ['@Ada Mayfair', 'Ada Mayfair'],
] as const)('%s asks for “%s”', ([text, typed]) => {
  expect(mentionQuery(text, text.length, known)).toEqual({
    at: text.lastIndexOf('@'),
    typed,
  })
})

test.for(['', 'Ask', 'me@desk.example', '@ noon', '@Ada May', '@Ada May ', '@g\n', 'a@b@c'])(
  '%s asks for nobody',
  (text) => {
    expect(mentionQuery(text, text.length, known)).toBeUndefined()
  },
)

test('what comes behind the cursor does not count', () => {
  expect(mentionQuery('@gr and more', 3, known)).toEqual({ at: 0, typed: 'gr' })
})
