/** What a run begins with: seed, when it pauses, and the parameters of the model. */
import { ActionIcon, Button, Group, NumberInput, Stack, TextInput, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDice5 } from '@tabler/icons-react'
import { isMapping, type Json, resolved, type Schema } from '../form/json-schema.ts'
import { CardSection } from '../parts/card-section.tsx'
import { ParameterControl } from './parameter-control.tsx'

interface ParametersPanelProps {
  schema: unknown
  /** Those that are not as usual. */
  values: Record<string, unknown>
  seed: number | string
  stopAt: number | undefined
  onValues: (values: Record<string, unknown>) => void
  onSeed: (seed: number | string) => void
  onStopAt: (step: number | undefined) => void
}

const mostSeed = 1_000_000
/** More make a column longer than the page beside it. */
const mostAtOnce = 10

/** Any word is a seed; what reads as a number is one. */
function readSeed(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text
}

export function ParametersPanel({ schema, values, seed, stopAt, onValues, onSeed, onStopAt }: ParametersPanelProps) {
  const root = isMapping(schema) ? (schema as Schema) : {}
  const members = Object.entries(root.properties ?? {}).map(([name, member]) => [name, resolved(member, root)] as const)
  const [open, { toggle }] = useDisclosure(false)
  // What was changed is seen.
  const shown =
    open || members.length <= mostAtOnce
      ? members
      : members.filter(([name], at) => at < mostAtOnce - 2 || Object.hasOwn(values, name))
  const change = (name: string, usual: Json | undefined, value: Json) => {
    const { [name]: _, ...rest } = values
    onValues(value === usual ? rest : { ...rest, [name]: value })
  }
  return (
    <CardSection title="Parameters" lead="A change begins the run anew.">
      <Group gap="sm" align="flex-end" grow>
        <TextInput
          label="Seed"
          size="xs"
          value={String(seed)}
          onChange={event => onSeed(readSeed(event.currentTarget.value))}
          rightSection={
            <Tooltip label="Another seed">
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label="Another seed"
                onClick={() => onSeed(Math.floor(Math.random() * mostSeed))}
              >
                <IconDice5 size={16} />
              </ActionIcon>
            </Tooltip>
          }
        />
        <NumberInput
          label="Pause after step"
          size="xs"
          placeholder="never"
          min={1}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          value={stopAt ?? ''}
          onChange={value => onStopAt(typeof value === 'number' && value > 0 ? value : undefined)}
        />
      </Group>
      <Stack gap="md">
        {shown.map(([name, member]) => (
          <ParameterControl
            key={name}
            name={name}
            schema={member}
            value={(values[name] as Json | undefined) ?? member.default}
            onChange={value => change(name, member.default, value)}
          />
        ))}
      </Stack>
      {(members.length > mostAtOnce || Object.keys(values).length > 0) && (
        <Group gap="xs">
          {members.length > mostAtOnce && (
            <Button size="compact-sm" variant="default" aria-expanded={open} onClick={toggle}>
              {open ? 'Fewer' : `All ${members.length} parameters`}
            </Button>
          )}
          {Object.keys(values).length > 0 && (
            <Button size="compact-sm" variant="subtle" onClick={() => onValues({})}>
              All as usual
            </Button>
          )}
        </Group>
      )}
    </CardSection>
  )
}
