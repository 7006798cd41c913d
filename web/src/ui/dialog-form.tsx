import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Refusal } from './refusal.tsx'
import { SubmitButton } from './submit-button.tsx'
import classes from './dialog-form.module.css'

interface DialogFormProps {
  children: ReactNode
  button: string
  danger?: boolean
  busy: boolean
  error: unknown
  onSubmit: () => void
  onCancel: () => void
}

/** A dialog's fields, the reason for a refusal, and two buttons. */
export function DialogForm({ children, button, danger = false, ...rest }: DialogFormProps) {
  const { busy, error, onSubmit, onCancel } = rest
  return (
    <form
      noValidate
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      <Refusal error={error} />
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onCancel} data-autofocus>
          Cancel
        </Button>
        <SubmitButton busy={busy} {...(danger ? { color: 'red.8' } : {})}>
          {button}
        </SubmitButton>
      </div>
    </form>
  )
}
