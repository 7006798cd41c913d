import type { Desk } from '@deskbell/client'
import type { Attachment } from '@deskbell/contract'
import { fileOnServer } from '../../file-on-server.ts'

/**
 * The files of a draft that can no longer be sent: they were removed elsewhere, waited longer than a day without a draft on the
 * server, or lost their content.
 */
export async function lostFiles(desk: Desk, files: readonly Attachment[]): Promise<Attachment[]> {
  // If the server does not answer, the file stays, and sending will show whether it is there.
  const found = await Promise.all(files.map((file) => fileOnServer(desk, file.id)))
  return files.filter((_file, index) => found[index] === 'none' || found[index] === 'gone')
}
