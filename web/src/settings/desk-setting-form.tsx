import { Anchor, TextInput } from '@mantine/core'
import { deskSettings } from '@deskbell/contract'
import type { DeskSettingOf } from '@deskbell/contract'
import { useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { Refusal } from '../ui/refusal.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { useLocalEdit } from '../ui/use-local-edit.ts'
import { useSubmit } from '../ui/use-submit.ts'
import classes from './settings.module.css'

interface DeskSettingFormProps {
  name: DeskSettingOf<'number'>
  value: number
}

/** A setting that is a number. A change by someone else shows at once; beside what this person is typing, if they are. */
export function DeskSettingForm({ name, value }: DeskSettingFormProps) {
  const { title, unit, text: explanation } = deskSettings[name]
  const desk = useDesk()
  const input = useRef<HTMLInputElement>(null)
  const typed = useLocalEdit(String(value))
  const [problem, setProblem] = useState<string>()
  /** The value that was saved, as long as nobody set another one. */
  const [saved, setSaved] = useState<number>()
  const { submit, busy, error } = useSubmit(async (to: number) => {
    await typed.send(String(to), () => desk.editSettings({ [name]: to }))
    setSaved(to)
  })
  const text = typed.value

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    const to = numberIn(name, text)
    setProblem(to === undefined ? boundsOf(name) : undefined)
    if (to === undefined) input.current?.focus()
    else void submit(to)
  }

  function keepTheirs() {
    typed.drop()
    setProblem(undefined)
    input.current?.focus()
  }

  function onType(text: string) {
    typed.set(text)
    setProblem(undefined)
    setSaved(undefined)
  }

  return (
    <form noValidate className={classes['form']} onSubmit={onSubmit}>
      <TextInput
        ref={input}
        name={name}
        label={title}
        description={explanation}
        inputMode="numeric"
        autoComplete="off"
        maxLength={9}
        value={text}
        onChange={(event) => onType(event.currentTarget.value)}
        error={problem}
        rightSection={<span className={classes['unit']}>{unit}</span>}
        rightSectionWidth={56}
        rightSectionPointerEvents="none"
      />
      <Refusal error={error} />
      <div className={classes['foot']}>
        <SubmitButton variant="default" busy={busy}>
          Save
        </SubmitButton>
        <span role="status" className={classes[typed.isOutdated ? 'outdated' : 'saved']}>
          {saved === value && 'Saved.'}
          {typed.isOutdated && (
            <>
              This was set to{' '}
              <strong>
                {value} {unit}
              </strong>{' '}
              while you were typing. If you save, your value replaces it.{' '}
              <Anchor component="button" type="button" onClick={keepTheirs}>
                Keep {value}
              </Anchor>
            </>
          )}
        </span>
      </div>
    </form>
  )
}

/** Undefined: it is no whole number within the bounds. */
function numberIn(name: DeskSettingOf<'number'>, text: string): number | undefined {
  const { min, max } = deskSettings[name]
  const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN
  return value >= min && value <= max ? value : undefined
}

function boundsOf(name: DeskSettingOf<'number'>): string {
  const { min, max } = deskSettings[name]
  return `Enter a whole number from ${min} to ${max}.`
}
