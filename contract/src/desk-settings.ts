/** A setting of the whole desk that is a whole number. */
interface NumberSetting {
  kind: 'number'
  min: number
  max: number
  /** The value until a super admin sets another one. */
  default: number
  /** What it is called, and what follows the number on the screen. */
  title: string
  unit: string
  /** What it does, to whom, and what 0 means. */
  text: string
}

/** A setting of the whole desk that is on or off. */
interface SwitchSetting {
  kind: 'switch'
  default: boolean
  title: string
  /** What it does, to whom. */
  text: string
}

/** Every setting of the desk. A new one is an entry here; storage, checks, audit log and screen follow. */
export const deskSettings = {
  closeAfterDays: {
    kind: 'number',
    min: 0,
    max: 365,
    default: 7,
    title: 'Close resolved tickets after',
    unit: 'days',
    text: 'Deskbell closes a resolved ticket when nothing public has happened on it for this long. Nobody is alerted. A reply by the requester, or by a requester who watches the ticket, reopens it; a reply by staff does not. 0 closes none.',
  },
  showStaffNames: {
    kind: 'switch',
    default: false,
    title: 'Requesters see which staff have their ticket open',
    text: 'By name, and whether they look or reply. Writing an internal note shows as looking. Without this, requesters see only that someone of the team is replying. Staff see everyone in any case.',
  },
  emailNotes: {
    kind: 'switch',
    default: false,
    title: 'E-mails contain the text of internal notes',
    text: 'To staff only. Without this, an e-mail says who wrote a note or mentioned them in one, and the text stays in the desk. E-mails pass through mail servers that are not yours, and stay in mailboxes.',
  },
} as const satisfies Record<string, NumberSetting | SwitchSetting>

type Table = typeof deskSettings
export type DeskSettingName = keyof Table
/** The names of the settings of one kind. */
export type DeskSettingOf<K extends Table[DeskSettingName]['kind']> = {
  [N in DeskSettingName]: Table[N] extends { kind: K } ? N : never
}[DeskSettingName]
export const deskSettingNames = Object.keys(deskSettings) as DeskSettingName[]

export type DeskSettings = {
  [N in DeskSettingName]: Table[N] extends NumberSetting ? number : boolean
}
/** An absent value stays as it is. */
export type DeskSettingsEdit = { [N in DeskSettingName]?: DeskSettings[N] | undefined }

export const defaultSettings = settingsFrom((name) => deskSettings[name].default)

export function editedSettings(before: DeskSettings, edit: DeskSettingsEdit): DeskSettings {
  return settingsFrom((name) => edit[name] ?? before[name])
}

export function isSwitch(name: DeskSettingName): name is DeskSettingOf<'switch'> {
  return deskSettings[name].kind === 'switch'
}

function settingsFrom(valueOf: (name: DeskSettingName) => number | boolean): DeskSettings {
  const values = deskSettingNames.map((name) => [name, valueOf(name)])
  return Object.fromEntries(values) as DeskSettings
}
