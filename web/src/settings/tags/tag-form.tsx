import { Checkbox, TextInput } from '@mantine/core'
import { cleanLine, hasVisible, limits } from '@deskbell/contract'
import type { Tag, TagColor } from '@deskbell/contract'
import { useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useTags } from '../../live/use-tags.ts'
import { ChangedMeanwhile } from '../../ui/changed-meanwhile.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { useLocalEdit } from '../../ui/use-local-edit.ts'
import { useSubmit } from '../../ui/use-submit.ts'
import { fieldProblems } from '../../ui/words/field-problems.ts'
import { ColorField, colorWords } from './color-field.tsx'
import { GoneTag } from './gone-tag.tsx'

interface TagFormProps {
  /** Absent: a new tag is made. */
  tag?: Tag
  onDone: () => void
}

/** Name and colour of a tag. Who sees it is chosen when it is made. */
export function TagForm({ tag, onDone }: TagFormProps) {
  const desk = useDesk()
  const now = useTags().get(tag?.id ?? '') ?? tag
  const name = useLocalEdit(now?.name ?? '')
  const color = useLocalEdit<TagColor>(now?.color ?? 'blue')
  const [internal, setInternal] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { submit, busy, error } = useSubmit(
    async () => {
      const edit = { name: cleanLine(name.value), color: color.value }
      if (tag === undefined) await desk.createTag({ ...edit, internal })
      else {
        // Only what was changed here: the rest is perhaps being changed by someone else.
        const changed = {
          ...(name.isEdited && { name: edit.name }),
          ...(color.isEdited && { color: edit.color }),
        }
        if (name.isEdited || color.isEdited) await desk.editTag(tag.id, changed)
      }
      onDone()
    },
    (refusal) => setProblem(fieldProblems(refusal)['name']),
  )

  return (
    <DialogForm
      button={tag === undefined ? 'Make the tag' : 'Save'}
      busy={busy}
      error={error}
      onSubmit={() => {
        if (hasVisible(name.value)) void submit()
        else setProblem('Enter a name.')
      }}
      onCancel={onDone}
    >
      <GoneTag tag={tag} />
      <TextInput
        label="Name"
        autoComplete="off"
        maxLength={limits.tagNameLength}
        data-autofocus
        value={name.value}
        error={problem}
        onChange={(event) => {
          setProblem(undefined)
          name.set(event.currentTarget.value)
        }}
      />
      <ChangedMeanwhile shown={name.isOutdated && !busy} onKeep={name.drop}>
        The name was changed to <bdi>{now?.name}</bdi>
      </ChangedMeanwhile>
      <ColorField value={color.value} onChange={color.set} />
      <ChangedMeanwhile shown={color.isOutdated && !busy} onKeep={color.drop}>
        The colour was changed to {now && colorWords[now.color]}
      </ChangedMeanwhile>
      {tag === undefined && (
        <Checkbox
          label="Only staff see it"
          description="Requesters then see no trace of it: not on their tickets, in searches or in the history. This cannot be changed later."
          checked={internal}
          onChange={(event) => setInternal(event.currentTarget.checked)}
        />
      )}
    </DialogForm>
  )
}
