import { statfs } from 'node:fs/promises'

/** Of the disk that a folder is on, in bytes. */
export interface DiskSpace {
  total: number
  free: number
}

export async function diskSpace(directory: string): Promise<DiskSpace> {
  const { bsize, blocks, bavail } = await statfs(directory)
  return { total: blocks * bsize, free: bavail * bsize }
}
