import type { Body, Reply, Tag } from '@deskbell/contract'
import type { Core } from '../core.ts'
import { tagTarget } from '../resources/tags.ts'
import type { TagEdit } from '../resources/tags.ts'
import { uuidv7 } from '../uuid.ts'
import type { MutationQueue } from './mutation-queue.ts'

export async function createTag(
  core: Core,
  queue: MutationQueue,
  input: Omit<Body<'createTag'>, 'id'>,
): Promise<Tag> {
  const id = uuidv7(core.environment.now())
  const tag: Tag = { ...input, id, archived: false, mergedInto: null, used: false }
  await executeForTag(core, queue, { made: tag }, (key) =>
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
  return executeForTag(core, queue, { id, to: given(edit) }, (key) =>
    core.api.call('editTag', { params: { id }, body: edit, key }),
  )
}

/** Deletes a tag that was never used, and archives any other. */
export function deleteTag(core: Core, queue: MutationQueue, id: string): Promise<void> {
  return executeForTag(core, queue, { id, deleted: true }, (key) =>
    core.api.call('deleteTag', { params: { id }, key }),
  )
}

/** Lets a tag stand for another one. */
export function mergeTag(
  core: Core,
  queue: MutationQueue,
  id: string,
  into: string,
): Promise<void> {
  const mergedInto = tagTarget(core.store, into)
  return executeForTag(core, queue, { id, to: { mergedInto } }, (key) =>
    core.api.call('mergeTag', { params: { id }, body: { into }, key }),
  )
}

function given({ name, color, archived }: Body<'editTag'>): Partial<Tag> {
  return {
    ...(name !== undefined && { name }),
    ...(color !== undefined && { color }),
    ...(archived !== undefined && { archived }),
  }
}

/** Executes a change of a tag, which shows at once. */
async function executeForTag(
  core: Core,
  queue: MutationQueue,
  edit: TagEdit,
  send: (key: string) => Promise<Reply<'deleteTag'>>,
): Promise<void> {
  await queue.execute<Reply<'deleteTag'>>({
    targetId: 'tags',
    changes: [{ kind: 'resource', name: 'tags', edit }],
    queueKey: 'tags',
    send,
  })
}
