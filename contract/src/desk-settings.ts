/** A setting of the whole desk that is a whole number. */
interface DeskSetting {
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

/** Every setting of the desk. A new one is an entry here; storage, checks, audit log and screen follow. */
export const deskSettings = {
  closeAfterDays: {
    min: 0,
    max: 365,
    default: 7,
    title: 'Close resolved tickets after',
    unit: 'days',
    text: 'Deskbell closes a resolved ticket when nothing public has happened on it for this long. Nobody is alerted. A reply by the requester, or by a requester who watches the ticket, reopens it; a reply by staff does not. 0 closes none.',
  },
} as const satisfies Record<string, DeskSetting>

export type DeskSettingName = keyof typeof deskSettings
export const deskSettingNames = Object.keys(deskSettings) as DeskSettingName[]

export type DeskSettings = Record<DeskSettingName, number>
/** An absent value stays as it is. */
export type DeskSettingsEdit = { [N in DeskSettingName]?: DeskSettings[N] | undefined }

export const defaultSettings = settingsFrom((name) => deskSettings[name].default)

export function editedSettings(before: DeskSettings, edit: DeskSettingsEdit): DeskSettings {
  return settingsFrom((name) => edit[name] ?? before[name])
}

function settingsFrom(valueOf: (name: DeskSettingName) => number): DeskSettings {
  const values = deskSettingNames.map((name) => [name, valueOf(name)])
  return Object.fromEntries(values) as DeskSettings
}
