import type { Attachment } from '@deskbell/contract'
import { isolated } from '../../../ui/words/isolated.ts'

/** What somebody can do about a file of which the server has only the name. */
export function goneWords({ uploader }: Attachment, myId: string): string {
  const next =
    uploader.id === myId
      ? 'If you still have it, please attach it again.'
      : `Please ask ${isolated(uploader.name)} to attach it again.`
  return `The server has its name, but not its content any more. ${next}`
}
