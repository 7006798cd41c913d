import { TextInput } from '@mantine/core'
import type { TextInputProps } from '@mantine/core'
import { limits } from '@deskbell/contract'

interface NameFieldProps {
  /** The field of the form that contains this one. */
  field: Pick<TextInputProps, 'defaultValue' | 'onChange' | 'error'>
  autoFocus?: boolean
}

export function NameField({ field, autoFocus = false }: NameFieldProps) {
  return (
    <TextInput
      {...field}
      name="name"
      label="Your name"
      description="As colleagues see it on tickets."
      autoComplete="name"
      maxLength={limits.nameLength}
      autoFocus={autoFocus}
    />
  )
}
