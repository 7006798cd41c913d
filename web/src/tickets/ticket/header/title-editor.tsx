import { Button, Textarea } from '@mantine/core'
import { cleanLine, hasVisible, limits } from '@deskbell/contract'
import type { KeyboardEvent } from 'react'
import { isComposing } from '../../../shell/key-of.ts'
import { FieldConflict } from '../edit/field-conflict.tsx'
import classes from './title-editor.module.css'
import type { FieldEdit } from '../edit/use-field-edit.ts'

interface TitleEditorProps {
  edit: FieldEdit
}

/** The editor of the title. */
export function TitleEditor({ edit }: TitleEditorProps) {
  const text = cleanLine(edit.text)
  const isMissing = !hasVisible(text)

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) return
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    if (event.key === 'Escape') edit.cancel()
    else if (!isMissing) void edit.save()
  }

  return (
    <div className={classes['editor']} data-focus-after={`[aria-label="Edit the title"]`}>
      <Textarea
        classNames={{ input: classes['input'] ?? '' }}
        aria-label="Title"
        autosize
        minRows={1}
        autoFocus={!edit.restored}
        maxLength={limits.titleLength}
        readOnly={edit.saving}
        value={edit.text}
        error={isMissing ? 'A ticket needs a title.' : undefined}
        onChange={(event) => edit.change(event.currentTarget.value.replaceAll('\n', ' '))}
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={onKeyDown}
      />
      {edit.problem !== undefined && (
        <p className={classes['problem']} role="alert">
          {edit.problem}
        </p>
      )}
      {edit.theirs === undefined ? (
        <div className={classes['buttons']}>
          <Button
            size="xs"
            loading={edit.saving}
            disabled={isMissing}
            onClick={() => void edit.save()}
          >
            Save
          </Button>
          <Button size="xs" variant="default" onClick={edit.cancel}>
            Cancel
          </Button>
        </div>
      ) : (
        <FieldConflict
          field="title"
          theirs={edit.theirs}
          mine={text}
          onTakeTheirs={edit.cancel}
          onKeepMine={() => void edit.keepMine()}
        />
      )}
    </div>
  )
}
