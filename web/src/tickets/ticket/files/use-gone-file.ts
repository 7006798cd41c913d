import { useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { fileOnServer } from '../../file-on-server.ts'

interface GoneFile {
  /** The server has only the file's name. Known once the server was asked. */
  gone: boolean
  /** Asks the server; resolves to `gone`. */
  ask: () => Promise<boolean>
}

/** Whether the content of a file is lost: ask when the image could not be shown, and before a download. */
export function useGoneFile(id: string): GoneFile {
  const desk = useDesk()
  const [goneId, setGoneId] = useState<string>()

  async function ask(): Promise<boolean> {
    const gone = (await fileOnServer(desk, id)) === 'gone'
    setGoneId(gone ? id : undefined)
    return gone
  }

  return { gone: goneId === id, ask }
}
