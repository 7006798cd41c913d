import { fileSize } from './file-size.ts'

/** What a server accepts unless it is told otherwise; said here before a large upload starts in vain. */
export const fileLimitBytes = 25 * 1024 * 1024

export function fileLimitSentence(bytes: number): string {
  return `This file has ${fileSize(bytes)}. The largest that can be sent is ${fileSize(fileLimitBytes)}.`
}
