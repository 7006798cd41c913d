import type { TimelineBlock } from './timeline-blocks.ts'

/** Blocks that the browser can leave out together while they are out of sight; a gap is alone. */
interface BlockGroup {
  key: string
  blocks: readonly TimelineBlock[]
}

const blocksAtMost = 20

/** Returns a function that groups the blocks of a timeline. A block stays in its group while others come and go. */
export function createGrouping(): (blocks: readonly TimelineBlock[]) => BlockGroup[] {
  const groupOf = new Map<string, string>()

  return function group(blocks) {
    const groups: { key: string; blocks: TimelineBlock[] }[] = []
    let mark: TimelineBlock[] = []
    for (const block of blocks) {
      if (block.kind === 'new') {
        // Goes with the item after it.
        mark = [block]
        continue
      }
      const last = groups.at(-1)
      const key = keyOf(block, groups)
      const name = nameOf(key, block, last, groups)
      if (last?.key === name) last.blocks.push(...mark, block)
      else groups.push({ key: name, blocks: [...mark, block] })
      mark = []
    }
    return groups
  }

  function nameOf(
    key: string,
    { kind }: TimelineBlock,
    last: BlockGroup | undefined,
    groups: readonly BlockGroup[],
  ): string {
    if (kind === 'gap') return key
    const known = groupOf.get(key)
    const isElsewhere = known !== last?.key && groups.some((group) => group.key === known)
    if (known !== undefined && !isElsewhere) return known
    const name = last !== undefined && hasRoom(last) ? last.key : key
    groupOf.set(key, name)
    return name
  }
}

function keyOf(block: TimelineBlock, before: readonly BlockGroup[]): string {
  if (block.kind === 'comment') return block.item.comment.id
  if (block.kind === 'changes') return String(block.items[0]?.seq)
  return `gap ${before.filter(isGap).length}`
}

function hasRoom(group: BlockGroup): boolean {
  return !isGap(group) && group.blocks.length < blocksAtMost
}

function isGap({ blocks }: BlockGroup): boolean {
  return blocks[0]?.kind === 'gap'
}
