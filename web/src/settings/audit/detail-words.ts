import { deskSettingNames, deskSettings, roleWords, roles, themes } from '@deskbell/contract'
import type { AuditEntry } from '@deskbell/contract'
import { exactTime } from '../../ui/words/time-words.ts'
import { themeWords } from '../../ui/words/words.ts'

type Value = AuditEntry['details'][string]

/** The details of an entry in words. A kind without words of its own shows its details unchanged. */
export function detailWords({ from, to, setting, ...details }: AuditEntry['details']): string[] {
  const named = setting === undefined ? '' : `${settingWords(String(setting))}: `
  // A tag may be called like a role.
  const said = details['tag'] === undefined ? valueWords : String
  const change = from === undefined ? [] : [`${named}${said(from)} → ${said(to ?? '')}`]
  const others = Object.entries(details).map(
    ([name, value]) => words[name]?.(value) ?? `${capital(name)}: ${value}`,
  )
  return [...change, ...others].filter((part) => part !== '')
}

const words: Record<string, (value: Value) => string> = {
  role: (role) => `As ${valueWords(role)}`,
  link: (link) => (link === 'invitation' ? 'An invitation' : 'For a new password'),
  reason: (reason) => reasonWords[String(reason)] ?? String(reason),
  count: (count) => counted(count, 'session'),
  more: (more) => `${counted(more, 'more time')}`,
  // Its name is in the entry, too.
  tag: () => '',
  name: String,
  internal: (internal) => (internal === true ? 'Staff only' : 'Public'),
  fields: (fields) => capital(String(fields)),
  writtenAt: (at) => `Written ${exactTime(String(at))}`,
  uploadedAt: (at) => `Uploaded ${exactTime(String(at))}`,
  length: (length) => counted(length, 'character'),
  files: (files) => (files === 0 ? '' : counted(files, 'file')),
  size: (size) => counted(size, 'byte'),
}

const reasonWords: Record<string, string> = {
  signedOutElsewhere: 'Signed out from another device',
  tooMany: 'Signed in on too many devices',
  replaced: 'Someone signed in in the same browser',
  passwordChanged: 'The password was changed',
  roleChanged: 'The role was changed',
  deactivated: 'The account was deactivated',
  ended: 'Signed out by a super admin',
}

function valueWords(value: Value): string {
  if (typeof value === 'boolean') return value ? 'On' : 'Off'
  const role = roles.find((name) => name === value)
  const theme = themes.find((name) => name === value)
  if (role !== undefined) return roleWords[role]
  return theme === undefined ? String(value) : themeWords[theme]
}

function settingWords(name: string): string {
  if (name === 'autoAdvance') return 'Open the next ticket by itself'
  const known = deskSettingNames.find((one) => one === name)
  return known === undefined ? capital(name) : deskSettings[known].title
}

function counted(value: Value, noun: string): string {
  return `${Number(value).toLocaleString()} ${noun}${value === 1 ? '' : 's'}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
