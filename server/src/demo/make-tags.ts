import type { TagColor } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import type { ChangeRequest } from '../log/change.ts'
import { createTag } from '../tickets/tags/create-tag.ts'
import type { Team } from './story.ts'

export type DemoTag = Team | 'decision'

const tags: Record<DemoTag, { name: string; color: TagColor; internal: boolean }> = {
  computers: { name: 'Computers', color: 'blue', internal: false },
  systems: { name: 'Systems', color: 'purple', internal: false },
  office: { name: 'Office', color: 'green', internal: false },
  payroll: { name: 'Payroll', color: 'yellow', internal: false },
  decision: { name: 'Needs a decision', color: 'red', internal: true },
}

/** Makes the tags of the company. Returns their ids. */
export async function makeTags(
  db: Db,
  request: () => ChangeRequest,
): Promise<Record<DemoTag, string>> {
  const made: [string, string][] = []
  for (const [key, tag] of Object.entries(tags))
    made.push([key, (await createTag(db, request(), tag)).id])
  return Object.fromEntries(made) as Record<DemoTag, string>
}
