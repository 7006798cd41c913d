import { isolated } from '../../../ui/words/isolated.ts'
import type { Upload } from './upload-list.ts'

/** What to do about a file that was not attached, before the rest is sent. */
export function notAttached({ file, again = false }: Upload, then: string): string {
  const next = again ? 'Try again or remove it' : 'Remove it'
  return `“${isolated(file.name)}” is not attached. ${next}, then ${then}.`
}
