/** How private what is learned shall be. */
import { Checkbox, NumberInput, SimpleGrid } from '@mantine/core'

export interface Privacy {
  epsilon?: number
  mergeBelow?: number
  neverReemit?: boolean
}

interface PrivacyOptionsProps {
  privacy: Privacy
  onChange: (privacy: Privacy) => void
}

export function PrivacyOptions({ privacy, onChange }: PrivacyOptionsProps) {
  const change = (name: 'epsilon' | 'mergeBelow') => (value: number | string) => {
    const { [name]: _, ...others } = privacy
    onChange(typeof value === 'number' ? { ...others, [name]: value } : others)
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <NumberInput
        label="Differential privacy, ε"
        description="How much may be learned of anybody: 1 is strict, 10 is weak. Learns a network."
        placeholder="none"
        min={0.01}
        step={0.5}
        value={privacy.epsilon ?? ''}
        onChange={change('epsilon')}
      />
      <NumberInput
        label="Merge categories below"
        description="Those that fewer rows have become one"
        placeholder="none"
        min={1}
        allowDecimal={false}
        value={privacy.mergeBelow ?? ''}
        onChange={change('mergeBelow')}
      />
      <Checkbox
        label="Never give out a number of the original"
        description="However many rows share it"
        checked={privacy.neverReemit === true}
        onChange={event => onChange({ ...privacy, neverReemit: event.currentTarget.checked })}
      />
    </SimpleGrid>
  )
}
