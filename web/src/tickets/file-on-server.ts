import type { Desk } from '@deskbell/client'
import { personHeader } from '@deskbell/contract'
import { attachmentUrl } from './attachment-url.ts'

/**
 * `none`: the file does not exist for this person. `gone`: its name exists and its content is lost. Undefined: the
 * server did not answer.
 */
export type FileOnServer = 'there' | 'none' | 'gone' | undefined

/** Asks the server what it has of a file. Never rejects. */
export async function fileOnServer(
  desk: Desk,
  id: string,
  signal?: AbortSignal,
): Promise<FileOnServer> {
  try {
    const { ok, status } = await fetch(attachmentUrl(desk, id), {
      method: 'HEAD',
      credentials: 'include',
      // If somebody else has signed in since, a 404 would say nothing about this person's drafts; with this header
      // the server answers 401.
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
