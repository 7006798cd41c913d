import { pastedFile } from './pasted-file.ts'

/** The files in a paste or a drop; none when it contains text. */
export function filesOf(transfer: DataTransfer | null): File[] {
  const now = new Date()
  return [...(transfer?.files ?? [])].map((file) => pastedFile(file, now))
}
