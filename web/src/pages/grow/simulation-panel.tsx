/** Rows of a simulation: which one, which of its tables, how many rows, and what a scribe makes of them. */
import '../../simulation/no-eval.ts'
import { Anchor, Code, Group, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { z } from 'zod'
import { builtInSimulations } from '../../../../src/simulations/built-in.ts'
import { startSimulation } from '../../../../src/simulations/run-simulation.ts'
import type { Simulation } from '../../../../src/simulations/simulation.ts'
import { problemText } from '../../form/field.ts'
import { SchemaForm } from '../../form/schema-form.tsx'
import { simulationAddress } from '../simulations/simulation-address.ts'
import type { PanelProps } from './panels.ts'
import { ParamsForm } from './params-form.tsx'

const made = ['simulation', 'table', 'parameters']
const names = { rows: 'Records', where: 'Only rows where', every: 'Every so many steps', label: 'Label' }

export function SimulationPanel({ project, params, onChange, problems }: PanelProps) {
  const name = typeof params['simulation'] === 'string' ? params['simulation'] : undefined
  const simulation = builtInSimulations.find(each => each.name === name)
  const set = (members: Record<string, unknown>) =>
    onChange(Object.fromEntries(Object.entries({ ...params, ...members }).filter(([, value]) => value !== undefined)))
  const others = name === undefined || simulation ? [] : [name]
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Select
          label="Simulation"
          description={
            simulation?.summary ?? 'The built-in ones; a file of your own is named in a recipe for the command line'
          }
          placeholder="Choose one"
          withAsterisk
          data={[...builtInSimulations.map(each => each.name), ...others]}
          value={name ?? null}
          error={problemText({ path: 'simulation', problems })}
          // Tables and parameters are those of one simulation.
          onChange={next => next !== null && onChange({ simulation: next })}
        />
        {simulation && (
          <TableChoice simulation={simulation} params={params} problems={problems} onTable={table => set({ table })} />
        )}
      </SimpleGrid>
      {simulation && (
        <Text size="sm">
          <Anchor component={Link} to={simulationAddress(simulation.name, project)} inherit>
            Watch it run
          </Anchor>
        </Text>
      )}
      <ParamsForm
        kind="simulation"
        first={['rows', 'where', 'columns', 'scribe']}
        names={names}
        except={made}
        others
        {...{ params, onChange, problems }}
      />
      {simulation && (
        <Stack gap="xs" component="section" aria-label="Parameters of the simulation">
          <Title order={2} size="h5">
            Parameters of {simulation.name}
          </Title>
          <SchemaForm
            key={simulation.name}
            schema={z.toJSONSchema(simulation.parameters, { io: 'input' })}
            first={[]}
            value={(params['parameters'] ?? {}) as Record<string, unknown>}
            onChange={parameters => set({ parameters: Object.keys(parameters).length > 0 ? parameters : undefined })}
            problems={problems
              .filter(({ path }) => path.startsWith('parameters.'))
              .map(({ path, message }) => ({ path: path.slice('parameters.'.length), message }))}
          />
        </Stack>
      )}
    </Stack>
  )
}

interface TableChoiceProps extends Pick<PanelProps, 'params' | 'problems'> {
  simulation: Simulation
  onTable: (table: string | undefined) => void
}

function TableChoice({ simulation, params, problems, onTable }: TableChoiceProps) {
  const tables = useMemo(() => startSimulation(simulation, { seed: 0 }).tables, [simulation])
  const only = tables.length === 1 ? tables[0]?.name : undefined
  const chosen = tables.find(({ name }) => name === (params['table'] ?? only))
  return (
    <Stack gap={4}>
      <Select
        label="Table"
        description="Each of its rows becomes a record"
        placeholder="Choose one"
        withAsterisk
        data={tables.map(({ name }) => name)}
        value={chosen?.name ?? null}
        error={problemText({ path: 'table', problems })}
        onChange={next => onTable(next === only ? undefined : (next ?? undefined))}
      />
      {chosen && (
        <Group gap={4} aria-label="Columns of the table" role="group">
          {chosen.columns.map(({ name }) => (
            <Code key={name}>{name}</Code>
          ))}
        </Group>
      )}
    </Stack>
  )
}
