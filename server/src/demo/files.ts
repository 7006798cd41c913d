import { contentOfCsv, contentOfLog } from './sheets.ts'
import { pdf } from './pdf.ts'
import { picture } from './picture.ts'
import type { Random } from './random.ts'

/** What is in a file of this name: an image, a document, a table or a log, small and real. */
export function fileContent(random: Random, name: string, about: string): Buffer {
  const ending = name.split('.').at(-1)
  switch (ending) {
    case 'png':
      return picture(random)
    case 'pdf':
      return pdf(name, about)
    case 'csv':
      return contentOfCsv(random)
    default:
      return contentOfLog(random)
  }
}
