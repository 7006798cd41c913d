import { Button } from '@mantine/core'
import { hasVisible, limits } from '@deskbell/contract'
import type { Comment } from '@deskbell/contract'
import { useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { useOfflineSince } from '../../../live/use-offline-since.ts'
import { sayError } from '../../../ui/say-error.ts'
import { MarkdownField } from '../../composer/markdown-field.tsx'
import classes from '../edit/field-editor.module.css'
import type { KeptEditPlace } from '../edit/kept-edit.ts'

interface CommentEditorProps {
  ticketId: string
  comment: Comment
  /** The comment has files, so its text may be empty. */
  hasFiles: boolean
  /** Where the browser stores the edited text. */
  place: KeptEditPlace
  onDone: () => void
}

/** The editor in which an author corrects a comment. */
export function CommentEditor({ ticketId, comment, hasFiles, place, onDone }: CommentEditorProps) {
  const desk = useDesk()
  const [kept] = useState(() => place.get()?.text)
  const [body, setBody] = useState(kept ?? comment.body)
  const [problem, setProblem] = useState<string>()
  const [saving, setSaving] = useState(false)
  const isOffline = useOfflineSince() !== undefined
  const savable = (hasVisible(body) || hasFiles) && body.length <= limits.bodyLength

  async function save() {
    if (!savable || saving || isOffline) return
    if (body === comment.body) {
      onDone()
      return
    }
    setSaving(true)
    setProblem(undefined)
    try {
      await desk.editComment(ticketId, comment.id, body)
      onDone()
    } catch (error) {
      setProblem(`Not saved: ${sayError(error)} Your text is still here.`)
      setSaving(false)
    }
  }

  return (
    <div className={classes['editor']}>
      <MarkdownField
        label="Correct the comment"
        autoFocus={kept === undefined}
        readOnly={saving}
        internal={comment.internal}
        value={body}
        onChange={(text) => {
          setBody(text)
          place.set({ text, base: comment.body, version: 0 })
        }}
        onSubmit={() => void save()}
        onCancel={onDone}
        actions={
          <>
            <Button size="xs" variant="default" onClick={onDone}>
              Cancel
            </Button>
            <Button
              size="xs"
              loading={saving}
              disabled={!savable || isOffline}
              onClick={() => void save()}
            >
              Save
            </Button>
          </>
        }
      >
        {isOffline && (
          <p className={classes['waiting']} role="status">
            A correction needs a connection. Your text stays here until there is one again.
          </p>
        )}
        {problem !== undefined && (
          <p className={classes['problem']} role="alert">
            {problem}
          </p>
        )}
      </MarkdownField>
    </div>
  )
}
