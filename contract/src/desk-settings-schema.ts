import { z } from 'zod'
import { deskSettings, deskSettingNames } from './desk-settings.ts'
import type { DeskSettingName } from './desk-settings.ts'

const shape = Object.fromEntries(
  deskSettingNames.map((name) => {
    const { min, max } = deskSettings[name]
    return [name, z.int().min(min).max(max)]
  }),
) as Record<DeskSettingName, z.ZodInt>

/** The settings of the whole desk. */
export const DeskSettings = z.strictObject(shape)
