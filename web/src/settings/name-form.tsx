import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { cleanLine, limits } from '@deskbell/contract'
import { useState } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { nameProblem } from '../ui/words/name-problem.ts'
import { Refusal } from '../ui/refusal.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import classes from './settings.module.css'

export function NameForm() {
  const me = useMe()
  const desk = useDesk()
  const [saved, setSaved] = useState(false)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: me.name },
    validate: { name: nameProblem },
    onValuesChange: () => setSaved(false),
  })
  const { submit, busy, error } = useSubmit(async (name: string) => {
    await desk.editMe({ name })
    setSaved(true)
  })

  return (
    <form
      noValidate
      className={classes['form']}
      onSubmit={form.onSubmit(
        ({ name }) => void submit(cleanLine(name)),
        () => form.getInputNode('name')?.focus(),
      )}
    >
      <TextInput
        {...form.getInputProps('name')}
        key={form.key('name')}
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
        <Button type="submit" variant="default" loading={busy}>
          Save the name
        </Button>
        <span role="status" className={classes['saved']}>
          {saved && 'Saved.'}
        </span>
      </div>
    </form>
  )
}
