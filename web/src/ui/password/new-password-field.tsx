import { PasswordInput } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { limits, passwordProblem, passwordSentences } from '@deskbell/contract'
import type { PasswordOwner } from '@deskbell/contract'
import { useState } from 'react'
import type { ChangeEvent } from 'react'
import classes from './new-password-field.module.css'
import frame from './password-input.module.css'
import { passwordStrength } from './password-strength.ts'
import { loadWhenServed } from '../load-when-served.ts'

interface NewPasswordFieldProps {
  label: string
  /** The person who chooses the password: one made of their name and address is refused. */
  owner: () => PasswordOwner
  /** The field of the form that contains this one. */
  field: {
    defaultValue?: string
    onChange?: (event: ChangeEvent<HTMLInputElement>) => void
    error?: unknown
  }
  autoFocus?: boolean
}

/** The field for a new password. It shows how easily the password is guessed, and why it will be refused. */
export function NewPasswordField({ label, owner, field, ...rest }: NewPasswordFieldProps) {
  const { autoFocus = false } = rest
  const { error, onChange, ...others } = field
  const [password, setPassword] = useState('')
  const { common, load } = useCommonPasswords()
  const { name, email } = owner()
  const problem = passwordProblem(password, { name, email }, common)
  const strength = passwordStrength(password, [name, email])
  const short = problem === passwordSentences.short
  const rank = problem === null ? strength : short ? 'short' : 'refused'
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
        onFocus={load}
        onChange={(event) => {
          setPassword(event.currentTarget.value)
          onChange?.(event)
        }}
      />
      <div className={classes['strength']} data-strength={password === '' ? 'none' : rank}>
        <span className={classes['bar']} aria-hidden="true" />
        <span className={classes['words']} role="status">
          {password !== '' &&
            refused !== problem &&
            (short ? words.short : (problem ?? words[strength]))}
        </span>
      </div>
    </div>
  )
}

const words = {
  short: 'Too short yet.',
  weak: 'Easy to guess. A few unrelated words make a good one.',
  fair: 'Fair. Longer is better.',
  strong: 'Strong.',
}

/** Those that attackers try first, once `load` has brought them. Without them the server refuses what is among them. */
function useCommonPasswords() {
  const [common, setCommon] = useState<readonly string[]>([])

  function load() {
    loadWhenServed(() => import('@zxcvbn-ts/language-common')).then(
      ({ dictionary }) => setCommon(dictionary['passwords-common']),
      () => undefined,
    )
  }

  return { common, load }
}
