/** What a person knows of tables that are learned: what always holds, what columns are, how tables refer to each other. */
import { NumberInput, SimpleGrid, Textarea } from '@mantine/core'

export interface Known {
  /** A line each, as they are written. */
  constraints: string
  columns: string
  keys: string
  seed: number
}

interface KnownOptionsProps {
  /** Whether there is one table, with columns to say something of; else several, with keys. */
  single: boolean
  known: Known
  onChange: (known: Known) => void
}

export function KnownOptions({ single, known, onChange }: KnownOptionsProps) {
  const lines = (name: 'constraints' | 'columns' | 'keys', label: string, description: string) => (
    <Textarea
      label={label}
      description={description}
      autosize
      minRows={2}
      value={known[name]}
      onChange={event => onChange({ ...known, [name]: event.currentTarget.value })}
    />
  )
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {single &&
        lines(
          'constraints',
          'What always holds',
          'A line each: start <= end, 0 <= age <= 120, unique(code), together(city, zip), sum(a, b) = total',
        )}
      {single &&
        lines(
          'columns',
          'What columns are',
          'Where they are mistaken, a line each: zip=category, name=name, age=number:0..120',
        )}
      {!single &&
        lines(
          'keys',
          'Keys',
          'Those that the files do not say, a line each: customers.id, orders.customer=customers.id',
        )}
      <NumberInput
        label="Seed"
        min={0}
        allowDecimal={false}
        value={known.seed}
        onChange={value => onChange({ ...known, seed: Number(value) || 0 })}
      />
    </SimpleGrid>
  )
}
