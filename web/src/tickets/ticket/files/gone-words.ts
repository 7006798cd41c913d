import type { Attachment } from '@deskbell/contract'
import { isolated } from '../../../ui/words/isolated.ts'

/** What a person can do about a file whose content the server has lost. */
export function goneWords({ uploader }: Attachment, myId: string): string {
  const next =
    uploader.id === myId
      ? 'If you still have it, please attach it again.'
      : `Please ask ${isolated(uploader.name)} to attach it again.`
  return `The server has its name, but not its content any more. ${next}`
}
