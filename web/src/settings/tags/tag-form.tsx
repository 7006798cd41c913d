import { Checkbox, TextInput } from '@mantine/core'
import { cleanLine, hasVisible, limits } from '@deskbell/contract'
import type { Tag, TagColor } from '@deskbell/contract'
import { useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { useSubmit } from '../../ui/use-submit.ts'
import { fieldProblems } from '../../ui/words/field-problems.ts'
import { ColorField } from './color-field.tsx'

interface TagFormProps {
  /** Absent: a new tag is made. */
  tag?: Tag
  onDone: () => void
}

/** Name and colour of a tag. Who sees it is chosen when it is made. */
export function TagForm({ tag, onDone }: TagFormProps) {
  const desk = useDesk()
  const [text, setText] = useState(tag?.name ?? '')
  const [color, setColor] = useState<TagColor>(tag?.color ?? 'blue')
  const [internal, setInternal] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { submit, busy, error } = useSubmit(
    async () => {
      const name = cleanLine(text)
      if (tag === undefined) await desk.createTag({ name, color, internal })
      else await desk.editTag(tag.id, { name, color })
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
        if (hasVisible(text)) void submit()
        else setProblem('Enter a name.')
      }}
      onCancel={onDone}
    >
      <TextInput
        label="Name"
        autoComplete="off"
        maxLength={limits.tagNameLength}
        data-autofocus
        value={text}
        error={problem}
        onChange={(event) => {
          setProblem(undefined)
          setText(event.currentTarget.value)
        }}
      />
      <ColorField value={color} onChange={setColor} />
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
