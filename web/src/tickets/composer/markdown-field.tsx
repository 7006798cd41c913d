import { limits } from '@deskbell/contract'
import { useCallbackRef } from '@mantine/hooks'
import { IconEye, IconPencil } from '@tabler/icons-react'
import {
  useEffectEvent,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ChangeEvent, ClipboardEvent, KeyboardEvent, ReactNode, Ref } from 'react'
import { flushSync } from 'react-dom'
import { isComposing } from '../../shell/key-of.ts'
import { Markdown } from '../../ui/markdown/markdown.tsx'
import { formatOf } from '../../shell/format-keys.ts'
import type { Format } from '../../shell/format-keys.ts'
import { FormatBar } from './format/format-bar.tsx'
import { formatText } from './format/format-text.ts'
import { GrowingField } from './growing-field.tsx'
import classes from './markdown-field.module.css'
import { MentionList } from './mentions/mention-list.tsx'
import { learnNames, shownText, writtenText } from './mentions/shown-text.ts'
import type { KnownNames } from './mentions/shown-text.ts'
import { useMentionPicker } from './mentions/use-mention-picker.ts'
import { pasted } from './paste/pasted.ts'
import { insertBlock, replaceText } from './replace-text.ts'

interface MarkdownFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  minRows?: number
  maxRows?: number
  readOnly?: boolean
  /** The text is an internal note: it mentions staff. */
  internal?: boolean
  /** Takes the focus, with the cursor at the end. */
  autoFocus?: boolean
  /** The id of an element that describes the field. */
  describedBy?: string
  /** ⌘Enter or Ctrl+Enter was pressed, maybe with Shift. */
  onSubmit?: (shift: boolean) => void
  /** Escape was pressed. */
  onCancel?: () => void
  /** Files were pasted into the field. */
  onFiles?: (files: readonly File[]) => void
  /** Shown beside the preview switch. */
  tools?: ReactNode
  /** Shown at the far end of the same line. */
  actions?: ReactNode
  /** Shown between the text and the line below it. */
  children?: ReactNode
  ref?: Ref<Focusable>
}

export interface Focusable {
  /** Puts the cursor at the end of the text. */
  focus(): void
}

/** A Markdown text while it is written, and a preview of it. The field shows the people it mentions by their names. */
export function MarkdownField(all: MarkdownFieldProps) {
  const { ref, children, tools, actions, autoFocus = false, ...props } = all
  const { value } = props
  const [preview, setPreview] = useState(false)
  const textarea = useRef<HTMLTextAreaElement>(null)
  const [known] = useState<KnownNames>(() => new Map())
  learnNames(known, value)

  function write() {
    flushSync(() => setPreview(false))
    focusEnd()
  }

  function focusEnd() {
    const field = textarea.current
    field?.focus()
    field?.setSelectionRange(field.value.length, field.value.length)
  }

  const format = useCallbackRef((kind: Format) => {
    if (textarea.current && props.readOnly !== true) formatField(textarea.current, kind)
  })

  const begin = useEffectEvent(() => autoFocus && focusEnd())
  useLayoutEffect(() => void begin(), [])

  useImperativeHandle(ref, () => ({ focus: write }))

  return (
    <div className={classes['field']}>
      {preview ? (
        <Preview label={props.label} text={value} />
      ) : (
        <Source {...props} known={known} ref={textarea} onFormat={format} />
      )}
      {children}
      <div className={classes['foot']} data-foot>
        <div className={classes['tools']}>
          {tools}
          {!preview && <FormatBar onFormat={format} />}
          <button
            type="button"
            className={classes['switch']}
            aria-label={preview ? 'Write' : 'Preview'}
            onClick={() => (preview ? write() : setPreview(true))}
          >
            {preview ? <IconPencil {...small} /> : <IconEye {...small} />}
            <span>{preview ? 'Write' : 'Preview'}</span>
          </button>
        </div>
        {actions && <div className={classes['actions']}>{actions}</div>}
      </div>
    </div>
  )
}

const small = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

function formatField(field: HTMLTextAreaElement, kind: Format): void {
  const { value: text, selectionStart: start, selectionEnd: end } = field
  const edit = formatText(kind, { text, start, end })
  if (edit.from !== edit.to || edit.text !== '') replaceText(field, [edit.from, edit.to], edit.text)
  field.setSelectionRange(edit.start, edit.end)
}

function Preview({ label, text }: { label: string; text: string }) {
  return (
    <section className={classes['preview']} aria-label={`${label}, preview`}>
      {text.trim() === '' ? (
        <p className={classes['empty']}>Nothing to preview yet.</p>
      ) : (
        <Markdown text={text} />
      )}
    </section>
  )
}

type SourceProps = Omit<
  MarkdownFieldProps,
  'ref' | 'children' | 'tools' | 'actions' | 'autoFocus'
> & {
  ref: Ref<HTMLTextAreaElement>
  known: KnownNames
  onFormat: (format: Format) => void
}

function Source({
  label,
  value,
  onChange,
  describedBy,
  known,
  internal = false,
  ...props
}: SourceProps) {
  const { minRows = 3, maxRows = 14, onSubmit, onCancel, onFiles, onFormat, ...field } = props
  const tooLong = value.length - limits.bodyLength
  const shown = useMemo(() => shownText(value, known), [value, known])
  const picker = useMentionPicker(known, internal)
  const keepCursor = useRef<() => void>(undefined)
  const countId = useId()
  const described = [describedBy, tooLong > 0 ? countId : undefined].filter(Boolean).join(' ')

  function onType({ currentTarget }: ChangeEvent<HTMLTextAreaElement>) {
    const { value: typed, selectionStart } = currentTarget
    learnNames(known, typed)
    const text = writtenText(typed, known)
    // Whoever pastes a mention as it is written sees it become a name.
    if (shownText(text, known) !== typed) {
      const cursor = shownText(typed.slice(0, selectionStart), known).length
      keepCursor.current = () => currentTarget.setSelectionRange(cursor, cursor)
    }
    onChange(text)
    picker.look(currentTarget, true)
  }

  useLayoutEffect(() => {
    keepCursor.current?.()
    keepCursor.current = undefined
  }, [shown])

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) return
    if (picker.onKeyDown(event)) return event.preventDefault()
    const format = formatOf(event)
    if (format !== undefined) {
      event.preventDefault()
      onFormat(format)
      return
    }
    const run = shortcutOf(event) === 'submit' ? onSubmit : undefined
    const leave = shortcutOf(event) === 'cancel' ? onCancel : undefined
    if (!run && !leave) return
    event.preventDefault()
    run?.(event.shiftKey)
    leave?.()
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    const paste = pasted(event.clipboardData)
    const target = event.currentTarget
    if (paste.kind === 'plain' || (paste.kind === 'files' && !onFiles) || field.readOnly === true)
      return
    event.preventDefault()
    if (paste.kind === 'files') onFiles?.(paste.files)
    if (paste.kind === 'table') insertBlock(target, paste.text)
    if (paste.kind === 'text')
      replaceText(target, [target.selectionStart, target.selectionEnd], paste.text)
  }

  return (
    <>
      <div className={classes['source']}>
        <GrowingField
          {...field}
          {...picker.aria}
          value={shown}
          aria-label={label}
          aria-describedby={described || undefined}
          aria-invalid={tooLong > 0}
          minRows={minRows}
          maxRows={maxRows}
          onChange={onType}
          onSelect={(event) => picker.look(event.currentTarget, false)}
          onBlur={picker.close}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <MentionList picker={picker} internal={internal} />
      </div>
      {tooLong > 0 && (
        <p id={countId} className={classes['tooLong']} role="status">
          Too long by {tooLong.toLocaleString('en')} characters. Shorten it, or attach it as a file.
        </p>
      )}
    </>
  )
}

function shortcutOf({ key, metaKey, ctrlKey }: KeyboardEvent): 'submit' | 'cancel' | undefined {
  if (key === 'Enter' && (metaKey || ctrlKey)) return 'submit'
  return key === 'Escape' ? 'cancel' : undefined
}
