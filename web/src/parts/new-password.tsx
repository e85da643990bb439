/** A password that is made up: long is what counts. */
import { PasswordInput } from '@mantine/core'

export function NewPassword({
  label,
  value,
  onChange,
  autoFocus = false,
}: {
  label: string
  value: string
  onChange: (password: string) => void
  autoFocus?: boolean
}) {
  return (
    <PasswordInput
      label={label}
      description="12 characters or more; a few words that do not belong together are good."
      autoComplete="new-password"
      required
      minLength={12}
      maxLength={256}
      data-autofocus={autoFocus || undefined}
      autoFocus={autoFocus}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': `Show the ${label.toLowerCase()}` }}
    />
  )
}
