import { fileSize } from '../../../ui/words/file-size.ts'

/** The refusal of a file that is too large, before its upload starts. */
export function fileLimitSentence(bytes: number, mostBytes: number): string {
  return `This file has ${fileSize(bytes)}. The largest that can be sent is ${fileSize(mostBytes)}.`
}
