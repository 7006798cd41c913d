import { Button } from '@mantine/core'
import type { ButtonProps } from '@mantine/core'

interface SubmitButtonProps extends Pick<ButtonProps, 'children' | 'color' | 'variant'> {
  busy: boolean
}

/** Sends a form. It stays enabled while the form is sent: a button that is disabled loses the keyboard's focus. */
export function SubmitButton({ busy, ...props }: SubmitButtonProps) {
  return (
    <Button
      {...props}
      loading={busy}
      renderRoot={(root) => (
        <button {...root} type="submit" disabled={false} aria-disabled={busy || undefined} />
      )}
    />
  )
}
