import { contentOfCsv, contentOfLog } from './sheets.ts'
import { pdf } from './pdf.ts'
import { picture } from './picture.ts'
import type { Random } from './random.ts'

/** The content of a file by its name: a small, valid image, document, table or log. */
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
