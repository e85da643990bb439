/** Which records are learned from and which are tested on, as fields of a form. */
import { NumberInput, Select, TextInput } from '@mantine/core'
import type { SplitInput } from '../../../../src/model/api/figures.ts'

const ways = [
  { value: '', label: 'By itself: tags or splits where the records have them, else by lot' },
  { value: 'records', label: 'As the records say: their split' },
  { value: 'tags', label: 'By the tags Train and Test' },
  { value: 'ratio', label: 'By lot' },
]

export function SplitFields({ value, onChange }: { value: SplitInput; onChange: (split: SplitInput) => void }) {
  const { by, testShare, group } = value
  return (
    <>
      <Select
        label="What is tested on"
        description="Only real records, as people brought them; the model does not see them."
        data={ways}
        value={by ?? ''}
        allowDeselect={false}
        onChange={chosen => onChange({ ...value, by: (chosen || undefined) as SplitInput['by'] })}
      />
      {(by === 'ratio' || by === undefined) && (
        <NumberInput
          label="Share that is tested on, where lots are drawn"
          suffix=" %"
          min={1}
          max={90}
          value={testShare === undefined ? 20 : Math.round(100 * testShare)}
          onChange={given =>
            onChange({ ...value, testShare: typeof given === 'number' && given > 0 ? given / 100 : undefined })
          }
        />
      )}
      <TextInput
        label="Keep together"
        description="A field, as customer: records of the same value are not divided. Empty: those of the same text."
        value={group ?? ''}
        onChange={({ currentTarget }) => onChange({ ...value, group: currentTarget.value || undefined })}
      />
    </>
  )
}
