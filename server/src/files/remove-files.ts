import type { FileStore } from './file-store.ts'

/** Removes files. A failure does not keep the others from being removed. */
export async function removeFiles(files: FileStore, ids: readonly string[]): Promise<void> {
  const failures: unknown[] = []
  for (const id of ids) await files.remove(id).catch((thrown: unknown) => failures.push(thrown))
  if (failures.length > 0) throw new AggregateError(failures, 'files could not be removed')
}
