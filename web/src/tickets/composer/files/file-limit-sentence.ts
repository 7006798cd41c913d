import { fileSize } from '../../../ui/words/file-size.ts'

/** Said before an upload starts in vain. */
export function fileLimitSentence(bytes: number, mostBytes: number): string {
  return `This file has ${fileSize(bytes)}. The largest that can be sent is ${fileSize(mostBytes)}.`
}
