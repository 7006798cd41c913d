import type { Desk } from '@deskbell/client'
import { personHeader } from '@deskbell/contract'
import { attachmentUrl } from './attachment-url.ts'

/** `none`: not there for this person. `gone`: its name is, its content is not. Undefined when nobody knows. */
export type FileOnServer = 'there' | 'none' | 'gone' | undefined

/** What the server has of a file. Never rejects. */
export async function fileOnServer(
  desk: Desk,
  id: string,
  signal?: AbortSignal,
): Promise<FileOnServer> {
  try {
    const { ok, status } = await fetch(attachmentUrl(desk, id), {
      method: 'HEAD',
      credentials: 'include',
      // To somebody else who signed in meanwhile the files of this person's drafts are not there.
      headers: { [personHeader]: desk.state.me.id },
      ...(signal && { signal }),
    })
    if (status === 404) return 'none'
    if (status === 410) return 'gone'
    return ok ? 'there' : undefined
  } catch {
    return undefined
  }
}
