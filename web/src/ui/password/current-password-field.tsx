import { PasswordInput } from '@mantine/core'
import type { PasswordInputProps } from '@mantine/core'
import '@mantine/core/styles/PasswordInput.layer.css'
import { limits } from '@deskbell/contract'
import frame from './password-input.module.css'

interface CurrentPasswordFieldProps {
  label: string
  /** The account's e-mail address, for password managers on a page without a field for it. */
  email?: string
  /** The field of the form that contains this one. */
  field: Pick<PasswordInputProps, 'defaultValue' | 'onChange' | 'error'>
  autoFocus?: boolean
}

/** The field for the current password. */
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
