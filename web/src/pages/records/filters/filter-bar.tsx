/** Search, status and the other filters; all of them are in the address. */
import { Badge, Button, CloseButton, Group, Popover, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react'
import { memo, type RefObject, useEffect, useState } from 'react'
import type { RecordFilter } from '../record-types.ts'
import { FilterForm } from './filter-form.tsx'
import { chipsOf } from './filter-words.ts'

interface FilterBarProps {
  project: string
  filter: RecordFilter
  onChange: (change: Partial<RecordFilter> | { [K in keyof RecordFilter]?: undefined }) => void
  onClear: () => void
  searchBox: RefObject<HTMLInputElement | null>
  opened: boolean
  onOpened: (opened: boolean) => void
}

const statuses = [
  { value: 'all', label: 'All' },
  { value: 'pending', label: 'Pending' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'rejected', label: 'Rejected' },
]

export const FilterBar = memo(function FilterBar(props: FilterBarProps) {
  const { project, filter, onChange, onClear, searchBox, opened, onOpened } = props
  const chips = chipsOf(filter)
  const [status, ...others] = filter.status ?? []
  return (
    <>
      <Group gap="xs" role="search">
        <SearchBox value={filter.search ?? ''} box={searchBox} onSearch={search => onChange({ search })} />
        <SegmentedControl
          size="xs"
          aria-label="Status"
          data={statuses}
          value={others.length > 0 ? '' : (status ?? 'all')}
          onChange={value => onChange({ status: value === 'all' ? undefined : [value as 'pending'] })}
        />
        <Popover
          opened={opened}
          onChange={onOpened}
          position="bottom-end"
          shadow="md"
          trapFocus
          returnFocus
          withinPortal
          width={320}
        >
          <Popover.Target>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconAdjustmentsHorizontal size={16} />}
              rightSection={
                chips.length > 0 ? (
                  <Badge size="sm" circle variant="light" color="gray" c="var(--mantine-color-text)">
                    {chips.length}
                  </Badge>
                ) : undefined
              }
              onClick={() => onOpened(!opened)}
            >
              Filters
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Filters">
            <FilterForm project={project} filter={filter} onChange={onChange} />
          </Popover.Dropdown>
        </Popover>
      </Group>
      {chips.length > 0 && (
        <Group gap={6} role="group" aria-label="Filters in force">
          {chips.map(({ key, text, without }) => (
            <Badge
              key={key}
              variant="light"
              color="gray"
              size="lg"
              tt="none"
              fw={500}
              pr={2}
              c="var(--mantine-color-text)"
              rightSection={
                <CloseButton
                  size={20}
                  iconSize={13}
                  aria-label={`Take the filter ${text} away`}
                  onClick={() => onChange(without as Partial<RecordFilter>)}
                />
              }
            >
              {text}
            </Badge>
          ))}
          <Button size="compact-sm" variant="subtle" onClick={onClear}>
            Clear filters
          </Button>
        </Group>
      )}
    </>
  )
})

/** Searches once typing rests. */
function SearchBox({
  value,
  box,
  onSearch,
}: {
  value: string
  box: RefObject<HTMLInputElement | null>
  onSearch: (search: string | undefined) => void
}) {
  const [typed, setTyped] = useState(value)
  const search = useDebouncedCallback((text: string) => onSearch(text.trim() === '' ? undefined : text.trim()), 300)
  // What is in the address counts, unless somebody is typing.
  useEffect(() => {
    if (document.activeElement !== box.current) setTyped(value)
  }, [value, box])
  const type = (text: string) => {
    setTyped(text)
    search(text)
  }
  return (
    <TextInput
      ref={box}
      size="xs"
      style={{ flex: '1 1 12rem' }}
      maw={420}
      type="search"
      aria-label="Search in the records"
      placeholder="Search ( / )"
      leftSection={<IconSearch size={15} />}
      rightSection={typed && <CloseButton size="xs" aria-label="Clear the search" onClick={() => type('')} />}
      value={typed}
      maxLength={1000}
      onChange={event => type(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key === 'Escape' || event.key === 'Enter') {
          event.preventDefault()
          search.flush()
          event.currentTarget.blur()
        }
      }}
    />
  )
}
