import { expect, test } from 'vitest'
import { folded, foldedWords, isFound } from './folded.ts'

test('a name is found as people type it', () => {
  const pairs = [
    ['Lucía García', 'lucia', 'GARCIA', 'garcía luc', 'lucía'],
    ['Jürgen Müller', 'muller', 'mueller', 'MÜLLER', 'jurgen m', 'juergen'],
    ['Łódź', 'lodz', 'łódź'],
    ['Søren Ærø', 'soren', 'soeren', 'aero'],
    ['Đorđe Šćepanović', 'dorde', 'scepanovic'],
    ['Ðóra Þórsdóttir', 'dora', 'thorsdottir'],
    ['Anna Weiß', 'weiss', 'WEISS', 'weiß'],
    ['İbrahim Işık', 'ibrahim', 'isik', 'ışık'],
    ['Åsa Ångström', 'asa', 'aasa', 'angstrom'],
    ['Sinéad O’Brien', 'obrien', "o'brien", 'o’brien'],
    ['Anne-Marie Duval', 'anne marie', 'anne-marie', 'duval anne'],
    ['Œuvre', 'oeuvre'],
    ['Αλέξης', 'αλεξης', 'ΑΛΕΞΗΣ'],
    ['Фёдор', 'федор'],
    ['ﬁona', 'fiona'],
    ['Nguyễn Văn', 'nguyen van'],
    ['José', 'Jose\u0301'],
  ]
  for (const [name = '', ...queries] of pairs)
    for (const query of queries)
      expect([name, query, isFound(name, query)]).toEqual([name, query, true])
})

test('every word of the query has to be there', () => {
  expect(isFound('Lucía García', 'lucia muller')).toBe(false)
  expect(isFound('Lucía García', ' ')).toBe(true)
  expect(isFound('Max Muller', 'mueller')).toBe(false)
  expect(isFound('कि', 'का')).toBe(false)
})

test('folding a folded text changes nothing', () => {
  for (const text of ['Łódź', 'İstanbul', 'ẞ', 'Straße', 'Ǻ', 'ΣΑΣ'])
    expect(folded(folded(text))).toBe(folded(text))
  expect(foldedWords('Thème: “Größe”')).toEqual(['theme', 'grosse'])
})
