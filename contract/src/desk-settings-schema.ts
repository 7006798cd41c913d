import { z } from 'zod'
import { deskSettings, deskSettingNames } from './desk-settings.ts'
import type { DeskSettingName, DeskSettings as Settings } from './desk-settings.ts'

const shape = Object.fromEntries(
  deskSettingNames.map((name) => [name, schemaOf(deskSettings[name])]),
) as { [N in DeskSettingName]: Settings[N] extends number ? z.ZodInt : z.ZodBoolean }

function schemaOf(setting: (typeof deskSettings)[DeskSettingName]): z.ZodType {
  return setting.kind === 'switch' ? z.boolean() : z.int().min(setting.min).max(setting.max)
}

/** The settings of the whole desk. */
export const DeskSettings = z.strictObject(shape)
