import { hasVisible, isStaff, replyReopens } from '@deskbell/contract'
import { useCallbackRef } from '@mantine/hooks'
import { memo, useEffect, useEffectEvent, useId, useImperativeHandle, useRef } from 'react'
import type { Ref } from 'react'
import { useShortcut } from '../../shell/shortcuts.tsx'
import { useMe } from '../../live/use-me.ts'
import { useOfflineSince } from '../../live/use-offline-since.ts'
import { AttachButton } from './files/attach-button.tsx'
import classes from './composer.module.css'
import type { CommentDraft } from './drafts/comment-draft.ts'
import { ComposerModes } from './composer-modes.tsx'
import { FileShelf } from './files/file-shelf.tsx'
import { MarkdownField } from './markdown-field.tsx'
import { UnseenMentions } from './mentions/unseen-mentions.tsx'
import type { Focusable } from './markdown-field.tsx'
import { DifferingDraft } from './drafts/differing-draft.tsx'
import { EarlierDrafts } from './drafts/earlier-drafts.tsx'
import { NotKept } from './drafts/not-kept.tsx'
import { SendButton } from './send-button.tsx'
import { SendHint } from './send-hint.tsx'
import { StaleReply } from './stale-reply.tsx'
import type { DraftedTicket } from './drafts/use-comment-draft.ts'
import { useComposer } from './use-composer.ts'
import { ReplyingNotice } from '../presence/replying-notice.tsx'
import { useDoing } from '../presence/use-doing.ts'
import { relationshipOf } from '../relationship-of.ts'
import { whoWillSee } from './who-will-see.ts'

interface ComposerProps {
  state: DraftedTicket
  ref: Ref<DropTarget>
}

/** Takes files that are dropped elsewhere on the ticket. */
export interface DropTarget {
  internal: boolean
  addFiles(files: readonly File[]): void
}

/**
 * The form for a reply or an internal note. The two never look alike. It has its state to itself: a letter typed here
 * renders nothing else of the ticket.
 */
export const Composer = memo(function Composer({ state, ref }: ComposerProps) {
  const { ticket } = state
  const me = useMe()
  const composer = useComposer(state)
  const staff = isStaff(me.role)
  const { uploads } = composer
  const { internal, body, attachments } = composer.draft
  const section = useRef<HTMLElement>(null)
  const field = useRef<Focusable>(null)
  const audienceId = useId()
  const isOffline = useOfflineSince() !== undefined
  const doing = useDoing(ticket.id, composer.draft)

  const open = useCallbackRef((asNote: boolean) => {
    if (asNote !== internal) composer.setInternal(asNote)
    field.current?.focus()
  })
  const send = useCallbackRef(composer.send)

  useImperativeHandle(ref, () => ({ internal, addFiles: composer.addFiles }))

  // The focus goes back to the field, which handles the key that sends.
  const pick = useCallbackRef((files: readonly File[]) => {
    composer.addFiles(files)
    field.current?.focus()
  })

  /** Nothing is replaced: what is in the field comes after it. */
  function bringBack(text: string) {
    composer.write([text, body].filter(hasVisible).join('\n\n'))
    field.current?.focus()
  }

  /** With Shift, staff also resolve the ticket. Afterwards single keys work again. */
  function submit(shift: boolean) {
    if (composer.waitsFor !== undefined) return
    composer.send(shift && staff ? { moveTo: 'resolved' } : {})
    leaveField()
  }

  // What was not sent is in the field again, and so is the focus, unless the person went on elsewhere.
  const { refusal } = composer
  const goOn = useEffectEvent(() => {
    if (refusal !== undefined && isFocusFree(section.current)) field.current?.focus()
  })
  useEffect(() => goOn(), [refusal])

  useShortcut('r', 'Reply', 'Ticket', () => open(false))
  useShortcut('n', 'Write an internal note', 'Ticket', () => open(true), { enabled: staff })

  return (
    // Others see who writes: the focus of the field within says so.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={section}
      className={classes['composer']}
      data-composer={ticket.id}
      data-internal={internal || undefined}
      data-filled={body !== '' || attachments.length + uploads.list.length > 0 || undefined}
      aria-label={internal ? 'Write an internal note' : 'Write a reply'}
      onFocus={doing.onFocus}
      onBlur={doing.onBlur}
    >
      {doing.doing === 'replying' && (
        <ReplyingNotice
          ticketId={ticket.id}
          staff={staff}
          onAsk={() => open(true)}
          onWatch={leaveField}
        />
      )}
      <DifferingDraft ticketId={ticket.id} kind={internal ? 'note' : 'reply'} />
      <StaleReply composer={composer} staff={staff} onKeep={() => field.current?.focus()} />
      <div className={classes['head']}>
        {staff && <ComposerModes internal={internal} onChoose={open} />}
        <p id={audienceId} className={classes['audience']}>
          {whoWillSee(ticket, me.id, internal)}
          {!internal &&
            replyReopens(me, relationshipOf(me, ticket), ticket.status) &&
            ' It reopens the ticket.'}
          {isOffline && ' There is no connection: sending waits for it, and your text is kept.'}
        </p>
        <EarlierDrafts
          // A text for staff must not come into a reply: it goes with its kind.
          key={String(internal)}
          ticketId={ticket.id}
          kind={internal ? 'note' : 'reply'}
          present={body}
          onBringBack={bringBack}
        />
      </div>
      <MarkdownField
        ref={field}
        label={internal ? 'Internal note' : 'Reply'}
        placeholder={placeholderFor(composer.draft)}
        describedBy={audienceId}
        minRows={2}
        internal={internal}
        value={body}
        onChange={(text) => {
          composer.write(text)
          doing.typed()
        }}
        onFiles={composer.addFiles}
        onSubmit={submit}
        onCancel={leaveField}
        tools={<AttachButton onFiles={pick} />}
        // While sending is stopped, the panel above asks what to do.
        actions={
          !composer.stopped && (
            <>
              <SendHint uploads={uploads} />
              <SendButton
                waitsFor={composer.waitsFor}
                internal={internal}
                status={ticket.status}
                staff={staff}
                onSend={send}
              />
            </>
          )
        }
      >
        <FileShelf attachments={attachments} uploads={uploads} onRemove={composer.removeFile} />
        {!composer.kept && <NotKept />}
        <UnseenMentions ticket={ticket} body={body} internal={internal} />
        {composer.problem !== undefined && (
          <p className={classes['problem']} role="alert">
            {composer.problem}
          </p>
        )}
      </MarkdownField>
    </section>
  )
})

function placeholderFor({ internal, attachments }: CommentDraft): string {
  if (attachments.length > 0) return 'Add a message, if you like'
  return internal ? 'Write a note that only staff can read' : 'Write a reply'
}

function isFocusFree(composer: HTMLElement | null): boolean {
  const { activeElement, body } = document
  if (activeElement === null || activeElement === body) return true
  return (
    composer?.contains(activeElement) === true || activeElement.matches('[data-timeline-frame]')
  )
}

/** Takes the focus out of the field, so that single keys work again, without scrolling the page. */
function leaveField() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}
