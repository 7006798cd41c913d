import type { Desk } from '@deskbell/client'
import { personHeader } from '@deskbell/contract'
import type { Attachment } from '@deskbell/contract'
import { attachmentUrl } from '../attachment-url.ts'

/** Those of a draft's files that the server has no more: it keeps them for a day. */
export async function lostFiles(
  desk: Desk,
  files: readonly Attachment[],
  signal: AbortSignal,
): Promise<Attachment[]> {
  const answers = await Promise.all(files.map((file) => isLost(desk, file.id, signal)))
  return files.filter((_file, index) => answers[index])
}

async function isLost(desk: Desk, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { status } = await fetch(attachmentUrl(desk, id), {
      method: 'HEAD',
      credentials: 'include',
      // To somebody else who signed in meanwhile every file of a draft is lost.
      headers: { [personHeader]: desk.state.me.id },
      signal,
    })
    return status === 404
  } catch {
    // Not reached: nobody knows, and sending will tell.
    return false
  }
}
