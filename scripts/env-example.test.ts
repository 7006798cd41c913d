import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { environmentVariables, readConfig } from '../server/src/config.ts'

const text = readFileSync(path.resolve(import.meta.dirname, '../.env.example'), 'utf8')
const asDefaults = parseEnv(text)
const withExamples = parseEnv(text.replaceAll(/^# (?=[A-Z_]+=)/gm, ''))

test('.env.example explains exactly the variables that the server reads', () => {
  expect(Object.keys(withExamples).sort()).toEqual([...environmentVariables].sort())
})

test('.env.example sets every variable to its default', () => {
  expect(readConfig(asDefaults)).toEqual(readConfig({}))
})

test('every example in .env.example is accepted', () => {
  expect(() => readConfig(withExamples)).not.toThrow()
})
