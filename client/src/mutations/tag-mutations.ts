import type { Body, Reply, Tag } from '@deskbell/contract'
import type { Core } from '../core.ts'
import { tagTarget } from '../resources/tags.ts'
import { uuidv7 } from '../uuid.ts'
import { executeForRow } from './execute-for-row.ts'
import type { MutationQueue } from './mutation-queue.ts'

export function setTags(
  core: Core,
  queue: MutationQueue,
  id: string,
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
): Promise<void> {
  const tags = core.store.rows.get(id)?.row?.tags ?? []
  const gone = new Set(remove.map((tag) => tagTarget(core.store, tag)))
  return executeForRow(core, queue, {
    targetId: id,
    changes: [
      {
        kind: 'ticketTags',
        add,
        remove: tags.filter((tag) => gone.has(tagTarget(core.store, tag))),
      },
    ],
    queueKey: `${id} tags`,
    send: (key) =>
      core.api.call('setTags', {
        params: { id },
        body: { add: [...add], remove: [...remove] },
        key,
      }),
  })
}

export async function createTag(
  core: Core,
  queue: MutationQueue,
  input: Omit<Body<'createTag'>, 'id'>,
): Promise<Tag> {
  const id = uuidv7(core.environment.now())
  const tag: Tag = { ...input, id, archived: false, mergedInto: null }
  await executeForTag(core, queue, tag, (key) =>
    core.api.call('createTag', { body: { ...input, id }, key }),
  )
  return tag
}

/** Renames a tag, gives it another colour, or restores it. */
export function editTag(
  core: Core,
  queue: MutationQueue,
  id: string,
  edit: Body<'editTag'>,
): Promise<void> {
  return executeForTag(core, queue, { ...tagOf(core, id), ...given(edit) }, (key) =>
    core.api.call('editTag', { params: { id }, body: edit, key }),
  )
}

export function archiveTag(core: Core, queue: MutationQueue, id: string): Promise<void> {
  return executeForTag(core, queue, { ...tagOf(core, id), archived: true }, (key) =>
    core.api.call('archiveTag', { params: { id }, key }),
  )
}

/** Lets a tag stand for another one. */
export function mergeTag(
  core: Core,
  queue: MutationQueue,
  id: string,
  into: string,
): Promise<void> {
  return executeForTag(core, queue, { ...tagOf(core, id), mergedInto: into }, (key) =>
    core.api.call('mergeTag', { params: { id }, body: { into }, key }),
  )
}

function tagOf({ store }: Core, id: string): Tag {
  const all = (store.values.get('tags')?.value ?? []) as readonly Tag[]
  const tag = all.find((one) => one.id === id)
  if (tag === undefined) throw new Error('a tag that can be edited is known')
  return tag
}

function given({ name, color, archived }: Body<'editTag'>): Partial<Tag> {
  return {
    ...(name !== undefined && { name }),
    ...(color !== undefined && { color }),
    ...(archived !== undefined && { archived }),
  }
}

/** Executes a change of a tag, which shows as it will be. */
async function executeForTag(
  core: Core,
  queue: MutationQueue,
  tag: Tag,
  send: (key: string) => Promise<Reply<'createTag'>>,
): Promise<void> {
  await queue.execute<Reply<'createTag'>>({
    targetId: 'tags',
    changes: [{ kind: 'resource', name: 'tags', edit: tag }],
    queueKey: 'tags',
    send,
  })
}
