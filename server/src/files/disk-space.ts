import { statfs } from 'node:fs/promises'

/** Space on the disk of a folder, in bytes. */
export interface DiskSpace {
  total: number
  free: number
}

export async function diskSpace(directory: string): Promise<DiskSpace> {
  const { bsize, blocks, bavail } = await statfs(directory)
  return { total: blocks * bsize, free: bavail * bsize }
}
