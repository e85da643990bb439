/** One agent and what it holds, while the model runs. */
import { ActionIcon, Button, Group, NumberInput, Select, Table, Text, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { AgentChoice, InspectedAgent } from '../../../src/simulations/watch/watched-run.ts'
import { nameInWords } from '../form/field.ts'
import { CardSection } from '../parts/card-section.tsx'
import { shownValue } from './live-chart.tsx'

interface AgentInspectorProps {
  populations: { name: string; size: number }[]
  chosen: AgentChoice | undefined
  inspected: InspectedAgent | undefined
  onChoose: (agent: AgentChoice | undefined) => void
  onNeighbour: (agent: AgentChoice, direction: 1 | -1) => void
}

export function AgentInspector({ populations, chosen, inspected, onChoose, onNeighbour }: AgentInspectorProps) {
  const population = chosen?.population ?? populations[0]?.name
  if (population === undefined) return null
  const from = chosen ?? { population, id: 0 }
  return (
    <CardSection title="Agent" lead="Click one in the picture, or choose it here.">
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select
          label="Population"
          size="xs"
          flex={1}
          miw={0}
          data={populations.map(({ name }) => name)}
          value={population}
          allowDeselect={false}
          onChange={name => name !== null && onNeighbour({ population: name, id: 0 }, 1)}
        />
        <NumberInput
          label="Number"
          size="xs"
          w={84}
          hideControls
          min={1}
          placeholder="none"
          value={chosen?.id ?? ''}
          onChange={id => onChoose(typeof id === 'number' && id > 0 ? { population, id } : undefined)}
        />
        <ActionIcon.Group>
          <Tooltip label="The one before">
            <ActionIcon size={30} variant="default" aria-label="The agent before" onClick={() => onNeighbour(from, -1)}>
              <IconChevronLeft size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="The next">
            <ActionIcon size={30} variant="default" aria-label="The next agent" onClick={() => onNeighbour(from, 1)}>
              <IconChevronRight size={16} />
            </ActionIcon>
          </Tooltip>
        </ActionIcon.Group>
      </Group>
      {chosen && !inspected && (
        <Text size="sm" c="dimmed">
          None of {chosen.population} with number {chosen.id} is alive.
        </Text>
      )}
      {chosen && inspected && (
        <>
          {!inspected.alive && (
            <Text size="sm" fw={600}>
              It is not alive any more. This is what it was last.
            </Text>
          )}
          <Table aria-label={`${chosen.population} ${chosen.id}`} verticalSpacing={2} fz="sm">
            <Table.Tbody>
              {inspected.values.map(([name, value]) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={400} c="dimmed" pl={0}>
                    {nameInWords(name)}
                  </Table.Th>
                  <Table.Td ta="right" pr={0} style={{ fontVariantNumeric: 'tabular-nums' }}>
                    {typeof value === 'number'
                      ? shownValue(value)
                      : typeof value === 'boolean'
                        ? value
                          ? 'yes'
                          : 'no'
                        : value}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Group>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChoose(undefined)}>
              Let it go
            </Button>
          </Group>
        </>
      )}
    </CardSection>
  )
}
