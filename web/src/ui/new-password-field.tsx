import { PasswordInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { limits } from '@deskbell/contract'
import { useState } from 'react'
import type { ChangeEvent } from 'react'
import classes from './new-password-field.module.css'
import frame from './password-input.module.css'
import { passwordStrength } from './password-strength.ts'
import type { PasswordStrength } from './password-strength.ts'

interface NewPasswordFieldProps {
  label: string
  /** The person's name and address: a password made of them is weak. */
  about: () => readonly string[]
  /** From the form it belongs to. */
  field: {
    defaultValue?: string
    onChange?: (event: ChangeEvent<HTMLInputElement>) => void
    error?: unknown
  }
  autoFocus?: boolean
}

/** A password being chosen, with a hint on how easily it is guessed. */
export function NewPasswordField({ label, about, field, ...rest }: NewPasswordFieldProps) {
  const { autoFocus = false } = rest
  const { error, onChange, ...others } = field
  const [password, setPassword] = useState('')
  const strength = passwordStrength(password, about())
  const refused = typeof error === 'string' ? error : undefined

  return (
    <div>
      <PasswordInput
        {...others}
        label={label}
        name="new-password"
        autoComplete="new-password"
        minLength={limits.passwordMinLength}
        maxLength={limits.passwordMaxLength}
        autoFocus={autoFocus}
        description={`At least ${limits.passwordMinLength} characters.`}
        error={refused}
        aria-invalid={refused !== undefined}
        classNames={{ input: frame['frame'] ?? '' }}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
        onChange={(event) => {
          setPassword(event.currentTarget.value)
          onChange?.(event)
        }}
      />
      <div className={classes['strength']} data-strength={password === '' ? 'none' : strength}>
        <span className={classes['bar']} aria-hidden="true" />
        <span className={classes['words']} role="status">
          {password !== '' && words[strength]}
        </span>
      </div>
    </div>
  )
}

const words: Record<PasswordStrength, string> = {
  short: 'Too short yet.',
  weak: 'Easy to guess. A few unrelated words make a good one.',
  fair: 'Fair. Longer is better.',
  strong: 'Strong.',
}
