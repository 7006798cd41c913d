import { Button, TextInput } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { isLocalUrl } from '@deskbell/contract'
import type { Reply } from '@deskbell/contract'
import { useRef, useState } from 'react'
import { isolated } from '../ui/words/isolated.ts'
import { exactTime } from '../ui/words/time-words.ts'
import classes from './link-once.module.css'

interface LinkOnceProps {
  name: string
  link: Reply<'issueLink'>['link']
  onDone: () => void
}

/** A link to hand over. The server stores only its hash, so the page cannot show it again. */
export function LinkOnce({ name, link, onDone }: LinkOnceProps) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)

  async function copy() {
    if (field.current !== null) setCopied(await copyFrom(field.current))
  }

  if (link === null) {
    return (
      <div className={classes['link']}>
        <p>
          The link was made, but its answer was lost on the way. Make a new one for{' '}
          <bdi>{name}</bdi>.
        </p>
        <Button onClick={onDone}>Close</Button>
      </div>
    )
  }
  return (
    <div className={classes['link']}>
      {link.emailed ? (
        <p>
          An e-mail with a link is on its way to <bdi>{name}</bdi>. If it does not arrive, send them
          this one: it does the same, and is shown only this once.
        </p>
      ) : (
        <p>
          Send this link to <bdi>{name}</bdi>. Deskbell sends no e-mail itself, and shows the link
          only this once.
        </p>
      )}
      {isLocalUrl(link.url) && (
        <p className={classes['local']}>
          Only this computer can open it. For colleagues, set <code>PUBLIC_URL</code> in the file{' '}
          <code>.env</code> to an address that reaches this computer, such as{' '}
          <code>http://192.168.1.20:3000</code>, start Deskbell again and make a new link.
        </p>
      )}
      <TextInput
        ref={field}
        label={`Link for ${isolated(name)}`}
        description={`Works once, until ${exactTime(link.expiresAt)}.`}
        value={link.url}
        readOnly
        // It replaces the button that created it, and takes over the focus.
        autoFocus
        onFocus={(event) => selectFromStart(event.currentTarget)}
        onClick={(event) => selectFromStart(event.currentTarget)}
      />
      <p className={classes['copied']} role="status">
        {copied && 'Copied.'}
      </p>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
        <Button
          onClick={() => void copy()}
          leftSection={
            copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
          }
        >
          Copy the link
        </Button>
      </div>
    </div>
  )
}

/** Selects all and keeps the beginning visible: select() would show the end of a long text. */
function selectFromStart(field: HTMLInputElement) {
  field.setSelectionRange(0, field.value.length, 'backward')
  field.scrollLeft = 0
}

/** Copies a field's text. Resolves to whether that worked; otherwise the text is selected, for the person to copy. */
async function copyFrom(field: HTMLInputElement): Promise<boolean> {
  field.select()
  // On plain http, except on localhost, browsers have no clipboard API, so an office network needs the old command.
  if (!window.isSecureContext) return document.execCommand('copy')
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    return document.execCommand('copy')
  }
}
