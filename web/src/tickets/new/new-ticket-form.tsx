import { Button, TextInput } from '@mantine/core'
import { hasVisible, limits } from '@deskbell/contract'
import { useRef } from 'react'
import type { FormEvent, KeyboardEvent } from 'react'
import { isComposing } from '../../shell/key-of.ts'
import { useShortcut } from '../../shell/shortcuts.tsx'
import { useConnection } from '../../live/use-connection.ts'
import { KeyHint } from '../../ui/marks/key-hint.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { NotKept } from '../composer/drafts/not-kept.tsx'
import type { Focusable } from '../composer/markdown-field.tsx'
import { useFileDrop } from '../composer/files/use-file-drop.ts'
import { DescriptionField } from './description-field.tsx'
import classes from './new-ticket-form.module.css'
import { PriorityChoice } from './priority-choice.tsx'
import { useNewTicket } from './use-new-ticket.ts'

interface NewTicketFormProps {
  /** The ticket exists; `ref` is its number or its id. */
  onCreated: (ref: string) => void
  onCancel: () => void
}

const example = 'The printer on the second floor prints blank pages'

/** The form for a new ticket. This device keeps the text until the ticket is created. */
export function NewTicketForm({ onCreated, onCancel }: NewTicketFormProps) {
  const form = useNewTicket(onCreated)
  const { draft, files, busy } = form
  const drop = useFileDrop(addFiles)
  const title = useRef<HTMLInputElement>(null)
  const description = useRef<Focusable>(null)
  const connection = useConnection()
  useShortcut('Escape', 'Back, and keep what is written', 'New ticket', leave)

  function addFiles(chosen: readonly File[]) {
    if (!busy) files.start(chosen, false)
  }

  function create() {
    if (!hasVisible(draft.title)) title.current?.focus()
    void form.create()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    create()
  }

  function leave() {
    if (!busy) onCancel()
  }

  // ⌘Enter and Ctrl+Enter create the ticket, and Escape leaves it, from anywhere in the form.
  function onKey(event: KeyboardEvent) {
    if (event.defaultPrevented || isComposing(event.nativeEvent)) return
    const creates = event.key === 'Enter' && (event.metaKey || event.ctrlKey)
    if (!creates && event.key !== 'Escape') return
    event.preventDefault()
    if (creates) create()
    else leave()
  }

  // Enter moves to the description, so that nobody creates a ticket with only a title by accident.
  function onTitleKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.metaKey || event.ctrlKey || isComposing(event.nativeEvent))
      return
    event.preventDefault()
    description.current?.focus()
  }

  return (
    // People act on the controls in the form; the form handles the key for all of them.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={classes['form']}
      onSubmit={submit}
      onKeyDown={onKey}
      noValidate
      {...drop.handlers}
    >
      {form.restored && (
        <p className={classes['restored']} data-focus-after="input">
          What you had begun to write is still here.
          <button type="button" className={classes['link']} onClick={form.startOver}>
            Start over
          </button>
        </p>
      )}
      <TextInput
        label="Title"
        placeholder={form.titleProblem === undefined ? example : ''}
        classNames={{ input: classes['title'] ?? '' }}
        ref={title}
        required
        autoFocus
        maxLength={limits.titleLength}
        readOnly={busy}
        value={draft.title}
        error={form.titleProblem}
        onChange={(event) => form.edit({ title: event.currentTarget.value })}
        onKeyDown={onTitleKey}
      />
      <DescriptionField
        ref={description}
        value={draft.description}
        onChange={(description) => form.edit({ description })}
        files={files}
        onFiles={addFiles}
        busy={busy}
        over={drop.over}
        onSubmit={create}
      />
      <PriorityChoice value={draft.priority} onChange={(priority) => form.edit({ priority })} />
      {!form.kept && <NotKept />}
      {form.problem !== undefined && (
        <p className={classes['problem']} role="alert">
          {form.problem}
        </p>
      )}
      {busy && connection.state === 'offline' && (
        <p className={classes['waiting']} role="status">
          Not connected. Trying again by itself; what you wrote is kept.
        </p>
      )}
      <div className={classes['buttons']}>
        <SubmitButton busy={busy}>Create ticket</SubmitButton>
        <Button variant="default" onClick={onCancel} disabled={busy}>
          Cancel
        </Button>
        <span className={classes['hint']}>
          <KeyHint keys="mod+Enter" /> creates it
        </span>
      </div>
    </form>
  )
}
