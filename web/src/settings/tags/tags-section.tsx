import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { allTags, useTags } from '../../live/use-tags.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { isolated } from '../../ui/words/isolated.ts'
import { SettingsSection } from '../settings-section.tsx'
import { MergeForm } from './merge-form.tsx'
import { TagForm } from './tag-form.tsx'
import { TagList } from './tag-list.tsx'
import type { TagAct } from './tag-row.tsx'
import classes from './tags.module.css'

/** Staff make, rename, colour, merge, archive and delete tags. */
export function TagsSection() {
  const tags = allTags(useTags())
  const dialog = useTagDialog()
  const { act } = dialog
  return (
    <SettingsSection
      title="Tags"
      text="Words that sort tickets. An archived tag stays on its tickets and is offered no more; one that was never on a ticket can be deleted. A merged tag counts as the other one everywhere."
    >
      {tags.length === 0 ? (
        <p className={classes['none']}>There are no tags yet.</p>
      ) : (
        <TagList tags={tags} onAct={dialog.open} />
      )}
      <Button
        variant="default"
        data-adds
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => dialog.open({ kind: 'make' })}
      >
        Make a tag
      </Button>
      <Dialog
        opened={dialog.opened}
        onClose={dialog.close}
        stackId="tag"
        title={act && titleOf(act)}
      >
        {act?.kind === 'make' && <TagForm key={dialog.turn} onDone={dialog.close} />}
        {act?.kind === 'edit' && <TagForm key={dialog.turn} tag={act.tag} onDone={dialog.close} />}
        {act?.kind === 'merge' && (
          <MergeForm key={dialog.turn} tag={act.tag} onDone={dialog.close} />
        )}
      </Dialog>
    </SettingsSection>
  )
}

type TagDialogAct = { kind: 'make' } | TagAct

function titleOf(act: TagDialogAct): string {
  if (act.kind === 'make') return 'Make a tag'
  const name = isolated(act.tag.name)
  return act.kind === 'edit' ? `Change ${name}` : `Merge ${name} into another tag`
}

function useTagDialog() {
  const [state, setState] = useState<{
    /** It stays while the dialog fades out. */
    act: TagDialogAct | undefined
    opened: boolean
    turn: number
  }>({ act: undefined, opened: false, turn: 0 })
  const open = useCallback(
    (act: TagDialogAct) => setState(({ turn }) => ({ act, opened: true, turn: turn + 1 })),
    [],
  )
  return {
    ...state,
    open,
    close: () => setState((old) => ({ ...old, opened: false })),
  }
}
