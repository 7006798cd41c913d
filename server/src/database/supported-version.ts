import { StartupError } from '../startup-error.ts'

const oldest = 15
const newest = 18

export function refuseUnsupportedVersion(version: string): void {
  const major = Number.parseInt(version, 10)
  if (major >= oldest && major <= newest) return
  throw new StartupError(
    `DATABASE_URL leads to PostgreSQL ${version}; Deskbell works with versions ${oldest} to ${newest}.`,
  )
}
