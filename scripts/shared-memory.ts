import { existsSync, readFileSync } from 'node:fs'

const list = '/proc/sysvipc/shm'

interface Segment {
  id: string
  /** The id of the process that created it, which may have ended. */
  maker: number
}

export function sharedMemory(): Segment[] {
  if (!existsSync(list)) return []
  const [, ...lines] = readFileSync(list, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [, id = '', , , maker] = line.trim().split(/\s+/)
    return { id, maker: Number(maker) }
  })
}
