/** How many records: in all, up to a total, as many in each cell, or a number for each. */
import { Group, NumberInput, Select, Stack, Text } from '@mantine/core'

type Mode = 'all' | 'to' | 'each' | 'cells' | 'planned'

interface TargetFieldProps {
  /** As the recipe has it. */
  target: unknown
  onChange: (target: unknown) => void
  /** Targets by cell as they would be now. */
  cells: Record<string, number> | undefined
  /** Whether the parameters say how many. */
  planned: boolean
  problem: string | undefined
}

const usualTotal = 10
/** More than these are written in the recipe. */
const mostCells = 40

export function TargetField({ target, onChange, cells = {}, planned, problem }: TargetFieldProps) {
  const names = Object.keys(cells)
  const mode = modeOf(target)
  const total = Object.values(cells).reduce((sum, count) => sum + count, 0)
  const isMany = names.length > 1
  const modes: { value: Mode; label: string }[] = [
    { value: 'planned', label: 'As the settings say' },
    { value: 'all', label: 'In all' },
    { value: 'to', label: 'Up to a total in the dataset' },
    ...(isMany || mode === 'each' ? [{ value: 'each' as const, label: 'Of each label or cell' }] : []),
    ...((isMany && names.length <= mostCells) || mode === 'cells'
      ? [{ value: 'cells' as const, label: 'A number for each' }]
      : []),
  ]
  if (planned && target === undefined) {
    return (
      <Text size="sm">
        {total.toLocaleString('en')} {total === 1 ? 'record' : 'records'}, as the settings say.
      </Text>
    )
  }
  const choose = (next: string | null) => {
    const each = Math.max(1, Math.round(total / Math.max(1, names.length)))
    if (next === 'all') onChange(total || usualTotal)
    else if (next === 'to') onChange({ to: total || usualTotal })
    else if (next === 'each') onChange({ each })
    else if (next === 'cells') onChange(Object.fromEntries(names.map(name => [name, Math.max(1, cells[name] ?? each)])))
    else onChange(undefined)
  }
  return (
    <Stack gap={6}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        {mode !== 'cells' && mode !== 'planned' && (
          <Count
            label="How many"
            value={numberOf(target)}
            error={problem}
            onChange={next => onChange(mode === 'all' ? next : { [mode]: next })}
          />
        )}
        <Select
          aria-label="How many is counted"
          {...(mode === 'planned' && { label: 'How many', 'aria-label': 'How many' })}
          data={modes}
          value={mode}
          allowDeselect={false}
          onChange={choose}
          flex={1}
          miw={0}
        />
      </Group>
      {mode === 'planned' && total > 0 && (
        <Text size="xs" c="dimmed">
          That is {total.toLocaleString('en')} in all.
        </Text>
      )}
      {mode === 'cells' &&
        Object.entries(target as Record<string, unknown>).map(([name, wanted]) => (
          <Count
            key={name}
            label={name}
            value={numberOf(wanted)}
            error={undefined}
            onChange={next => onChange({ ...(target as Record<string, unknown>), [name]: next })}
          />
        ))}
      {mode === 'cells' && problem !== undefined && (
        <Text size="xs" c="red">
          {problem}
        </Text>
      )}
    </Stack>
  )
}

interface CountProps {
  label: string
  value: number | undefined
  error: string | undefined
  onChange: (count: number) => void
}

function Count({ label, value, error, onChange }: CountProps) {
  return (
    <NumberInput
      label={label}
      value={value ?? ''}
      error={error}
      min={1}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=","
      clampBehavior="none"
      w={label === 'How many' ? 110 : undefined}
      onChange={next => typeof next === 'number' && onChange(next)}
    />
  )
}

function modeOf(target: unknown): Mode {
  if (target === undefined) return 'planned'
  if (typeof target !== 'object' || target === null) return 'all'
  const names = Object.keys(target).join()
  return names === 'to' ? 'to' : names === 'each' ? 'each' : 'cells'
}

function numberOf(target: unknown): number | undefined {
  if (typeof target === 'number') return target
  if (typeof target !== 'object' || target === null) return undefined
  const [only] = Object.values(target)
  return typeof only === 'number' ? only : numberOf(only)
}
