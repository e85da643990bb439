/** How files are read, where what is guessed of them is wrong. */
import { Checkbox, Select, SimpleGrid } from '@mantine/core'
import type { SentTo } from '../../api/call.ts'

export type Reading = NonNullable<SentTo<'peekTable'>['body']['reading']>

interface ReadingOptionsProps {
  reading: Reading
  onChange: (reading: Reading) => void
}

export function ReadingOptions({ reading, onChange }: ReadingOptionsProps) {
  const change = <K extends keyof Reading>(name: K, value: Reading[K] | undefined) => {
    const { [name]: _, ...others } = reading
    onChange(value === undefined ? others : { ...others, [name]: value })
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
      <Select
        label="Names of the columns"
        placeholder="guessed"
        data={[
          { value: 'yes', label: 'in the first row' },
          { value: 'no', label: 'not in the file' },
        ]}
        value={reading.header === undefined ? null : reading.header ? 'yes' : 'no'}
        onChange={value => change('header', value === null ? undefined : value === 'yes')}
        clearable
      />
      <Select
        label="Decimal mark"
        placeholder="guessed"
        data={[
          { value: '.', label: 'a point' },
          { value: ',', label: 'a comma' },
        ]}
        value={reading.decimal ?? null}
        onChange={value => change('decimal', value === null ? undefined : (value as '.' | ','))}
        clearable
      />
      <Checkbox
        mt={{ sm: 28 }}
        label="Units stand under the names"
        checked={reading.unitRow === true}
        onChange={event => change('unitRow', event.currentTarget.checked || undefined)}
      />
      <Checkbox
        mt={{ sm: 28 }}
        label="Days before months"
        checked={reading.dayFirst === true}
        onChange={event => change('dayFirst', event.currentTarget.checked || undefined)}
      />
    </SimpleGrid>
  )
}
