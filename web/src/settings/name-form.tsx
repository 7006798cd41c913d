import { TextInput } from '@mantine/core'
import { cleanLine, limits } from '@deskbell/contract'
import { useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { nameProblem } from '../ui/words/name-problem.ts'
import { SubmitButton } from '../ui/submit-button.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { useLocalEdit } from '../ui/use-local-edit.ts'
import { useSubmit } from '../ui/use-submit.ts'
import classes from './settings.module.css'

export function NameForm() {
  const me = useMe()
  const desk = useDesk()
  const input = useRef<HTMLInputElement>(null)
  const name = useLocalEdit(me.name)
  const [problem, setProblem] = useState<string | null>(null)
  /** The name that was saved, as long as it was not changed in another window. */
  const [saved, setSaved] = useState<string>()
  const { submit, busy, error } = useSubmit(async (to: string) => {
    await name.send(to, () => desk.editMe({ name: to }))
    setSaved(to)
  })

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    const found = nameProblem(name.value)
    setProblem(found)
    if (found === null) void submit(cleanLine(name.value))
    else input.current?.focus()
  }

  return (
    <form noValidate className={classes['form']} onSubmit={onSubmit}>
      <TextInput
        ref={input}
        value={name.value}
        error={problem}
        onChange={(event) => {
          name.set(event.currentTarget.value)
          setProblem(null)
          setSaved(undefined)
        }}
        name="name"
        label="Name"
        autoComplete="name"
        maxLength={limits.nameLength}
      />
      <TextInput
        label="E-mail address"
        description="You sign in with it."
        value={me.email}
        autoComplete="off"
        readOnly
        variant="unstyled"
        classNames={{ input: classes['fixed'] ?? '' }}
      />
      <Refusal error={error} />
      <div className={classes['foot']}>
        <SubmitButton variant="default" busy={busy}>
          Save the name
        </SubmitButton>
        <span role="status" className={classes['saved']}>
          {saved === me.name && 'Saved.'}
        </span>
      </div>
    </form>
  )
}
