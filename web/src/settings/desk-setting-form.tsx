import { Button, TextInput } from '@mantine/core'
import { deskSettings } from '@deskbell/contract'
import type { DeskSettingName } from '@deskbell/contract'
import { useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { Refusal } from '../ui/refusal.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import classes from './settings.module.css'

interface DeskSettingFormProps {
  name: DeskSettingName
  value: number
}

/** One setting. A change by someone else shows at once, unless this person is typing another value. */
export function DeskSettingForm({ name, value }: DeskSettingFormProps) {
  const { title, unit, text } = deskSettings[name]
  const desk = useDesk()
  const input = useRef<HTMLInputElement>(null)
  /** What is typed and not sent; undefined: the value itself is shown. */
  const [typed, setTyped] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [saved, setSaved] = useState(false)
  const { submit, busy, error } = useSubmit(async (to: number) => {
    setTyped(undefined)
    await desk.editSettings({ [name]: to })
    setSaved(true)
  })

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    const to = numberIn(name, typed ?? String(value))
    setProblem(to === undefined ? boundsOf(name) : undefined)
    if (to === undefined) input.current?.focus()
    else void submit(to)
  }

  function onType(text: string) {
    setTyped(text)
    setProblem(undefined)
    setSaved(false)
  }

  return (
    <form noValidate className={classes['form']} onSubmit={onSubmit}>
      <TextInput
        ref={input}
        name={name}
        label={title}
        description={text}
        inputMode="numeric"
        autoComplete="off"
        maxLength={9}
        value={typed ?? String(value)}
        onChange={(event) => onType(event.currentTarget.value)}
        error={problem}
        rightSection={<span className={classes['unit']}>{unit}</span>}
        rightSectionWidth={56}
        rightSectionPointerEvents="none"
      />
      <Refusal error={error} />
      <div className={classes['foot']}>
        <Button type="submit" variant="default" loading={busy}>
          Save
        </Button>
        <span role="status" className={classes['saved']}>
          {saved && 'Saved.'}
        </span>
      </div>
    </form>
  )
}

/** Undefined: it is no whole number within the bounds. */
function numberIn(name: DeskSettingName, text: string): number | undefined {
  const { min, max } = deskSettings[name]
  const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN
  return value >= min && value <= max ? value : undefined
}

function boundsOf(name: DeskSettingName): string {
  const { min, max } = deskSettings[name]
  return `Enter a whole number from ${min} to ${max}.`
}
