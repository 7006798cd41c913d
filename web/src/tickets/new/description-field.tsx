import type { Ref } from 'react'
import { MarkdownField } from '../composer/markdown-field.tsx'
import type { Focusable } from '../composer/markdown-field.tsx'
import type { Uploads } from '../composer/files/use-uploads.ts'
import { AttachFiles } from './attach-files.tsx'
import classes from './description-field.module.css'
import { PickedFiles } from './picked-files.tsx'

interface DescriptionFieldProps {
  value: string
  onChange: (value: string) => void
  files: Uploads
  onFiles: (files: readonly File[]) => void
  /** The ticket is being created. */
  busy: boolean
  /** Files are dragged over the form. */
  over: boolean
  onSubmit: () => void
  ref: Ref<Focusable>
}

const placeholder =
  'What happened, what did you expect, and what have you tried? You can use Markdown, and paste or drop pictures and files.'

/** The full description, with pictures and files. */
export function DescriptionField(props: DescriptionFieldProps) {
  const { value, onChange, files, onFiles, busy, over, onSubmit, ref } = props
  return (
    <div className={classes['group']}>
      <span className={classes['label']} aria-hidden="true">
        Description
      </span>
      <div className={classes['box']} data-over={over || undefined}>
        <MarkdownField
          ref={ref}
          label="Description"
          placeholder={placeholder}
          minRows={7}
          maxRows={24}
          readOnly={busy}
          value={value}
          onChange={onChange}
          onFiles={onFiles}
          onSubmit={onSubmit}
          tools={<AttachFiles onFiles={onFiles} />}
        >
          <PickedFiles files={files} busy={busy} />
        </MarkdownField>
      </div>
    </div>
  )
}
