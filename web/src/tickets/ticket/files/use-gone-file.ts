import { useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { fileOnServer } from '../../file-on-server.ts'

interface GoneFile {
  /** The server has its name only. Known once it was asked. */
  gone: boolean
  /** Asks the server, and answers with the same. */
  ask: () => Promise<boolean>
}

/** Whether the content of a file is gone, to be asked when it could not be shown and before it is downloaded. */
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
