import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** The URL of the running server, for commands beside it: its port may have been set on its command line only. */
export interface AddressFile {
  write(url: string): Promise<void>
  remove(): Promise<void>
  read(): Promise<string | undefined>
}

export function addressFileIn(dataDir: string): AddressFile {
  const file = path.join(dataDir, 'address')
  return {
    write: (url) => writeFile(file, `${url}\n`, { mode: 0o600 }),
    remove: () => rm(file, { force: true }),
    async read() {
      const text = await readFile(file, 'utf8').catch(() => '')
      return URL.canParse(text.trim()) ? text.trim() : undefined
    },
  }
}
