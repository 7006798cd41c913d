import { PasswordInput } from '@mantine/core'
import type { PasswordInputProps } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { limits } from '@deskbell/contract'
import frame from './password-input.module.css'

interface CurrentPasswordFieldProps {
  label: string
  /** Whose password it is, for password managers to know where no field says it. */
  email?: string
  /** From the form it belongs to. */
  field: Pick<PasswordInputProps, 'defaultValue' | 'onChange' | 'error'>
  autoFocus?: boolean
}

/** The password someone has already. */
export function CurrentPasswordField({
  label,
  email,
  field,
  autoFocus = false,
}: CurrentPasswordFieldProps) {
  return (
    <>
      {email !== undefined && (
        <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      )}
      <PasswordInput
        {...field}
        name="password"
        label={label}
        autoComplete="current-password"
        maxLength={limits.passwordMaxLength}
        autoFocus={autoFocus}
        data-autofocus={autoFocus || undefined}
        aria-invalid={Boolean(field.error)}
        classNames={{ input: frame['frame'] ?? '' }}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
      />
    </>
  )
}
