import { expect, test } from 'vitest'
import { nearMatch } from './near-match.ts'

test('a text begins a few whole words before the match', () => {
  const parts = [
    { text: '…', hit: false },
    { text: 'New drum is in, test page is clean. The default ', hit: false },
    { text: 'printer', hit: true },
    { text: ' is back.', hit: false },
  ]
  expect(nearMatch(parts).map(({ text }) => text)).toEqual([
    '…page is clean. The default ',
    'printer',
    ' is back.',
  ])
})

test('a short lead, or none, stays as it is', () => {
  const near = [
    { text: 'The ', hit: false },
    { text: 'printer', hit: true },
  ]
  expect(nearMatch(near)).toEqual(near)
  expect(nearMatch([{ text: 'printer', hit: true }])).toEqual([{ text: 'printer', hit: true }])
  expect(nearMatch([])).toEqual([])
})

test('a lead without a space is cut between characters', () => {
  for (const character of ['🎉', '👩🏽‍💻', 'g\u0308']) {
    const parts = [
      { text: character.repeat(60), hit: false },
      { text: 'printer', hit: true },
    ]
    expect(nearMatch(parts)[0]?.text).toBe(`…${character.repeat(28)}`)
  }
})
