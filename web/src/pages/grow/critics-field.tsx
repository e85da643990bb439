/** The critics of a recipe: those on by default, those the generator brings along, and others; each can be set or turned off. */
import { Badge, Box, Button, Collapse, Group, Paper, Select, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import type { CriticInfo, GeneratorInfo } from '../../../../src/model/api/grow.ts'
import type { FormProblem } from '../../form/field.ts'
import { SchemaForm } from '../../form/schema-form.tsx'
import { JudgeChoice } from './judge-choice.tsx'
import { problemsBelow } from './use-checked-recipe.ts'

export interface CriticEntry {
  kind: string
  [member: string]: unknown
}

interface CriticsFieldProps {
  project: string
  /** As the recipe lists them. */
  listed: CriticEntry[]
  onChange: (listed: CriticEntry[] | undefined) => void
  critics: CriticInfo[]
  generator: GeneratorInfo
  problems: FormProblem[]
}

export function CriticsField({ project, listed, onChange, critics, generator, problems }: CriticsFieldProps) {
  const change = (next: CriticEntry[]) => onChange(next.length === 0 ? undefined : next)
  const usual = usualCritics(critics, generator)
  // A critic may be listed twice, with other settings: each keeps its own place.
  const rows = [
    ...usual
      .filter(({ kind }) => !listed.some(entry => entry.kind === kind))
      .map(entry => ({ entry, place: undefined as number | undefined })),
    ...listed.map((entry, place) => ({ entry, place: place as number | undefined })),
  ]
  const others = critics.filter(({ kind }) => !rows.some(({ entry }) => entry.kind === kind))
  return (
    <Stack gap="xs">
      {rows.map(({ entry, place }) => (
        <CriticRow
          key={`${entry.kind} ${place ?? 'usual'}`}
          project={project}
          entry={entry}
          info={critics.find(({ kind }) => kind === entry.kind)}
          isUsual={usual.some(({ kind }) => kind === entry.kind)}
          problems={place === undefined ? [] : problemsBelow(problems, String(place))}
          onChange={next => {
            if (place === undefined) change(next === undefined ? listed : [...listed, next])
            else if (next === undefined) change(listed.filter((_, at) => at !== place))
            else change(listed.map((other, at) => (at === place ? next : other)))
          }}
        />
      ))}
      {others.length > 0 && (
        <Select
          label="Add a critic"
          placeholder="Choose one"
          data={others.map(({ kind, summary }) => ({ value: kind, label: `${kind}: ${summary}` }))}
          value={null}
          searchable
          onChange={kind => kind !== null && change([...listed, { kind }])}
        />
      )}
    </Stack>
  )
}

interface CriticRowProps {
  project: string
  entry: CriticEntry
  info: CriticInfo | undefined
  isUsual: boolean
  problems: FormProblem[]
  /** Undefined: no longer listed. */
  onChange: (entry: CriticEntry | undefined) => void
}

function CriticRow({ project, entry, info, isUsual, problems, onChange }: CriticRowProps) {
  const [open, setOpen] = useState(false)
  const { kind, enabled, provider, ...params } = entry
  const on = enabled !== false
  const shown = open || problems.length > 0
  const rebuilt = (next: Record<string, unknown>): CriticEntry => ({
    kind,
    ...(enabled === false && { enabled }),
    ...next,
  })
  return (
    <Paper withBorder p="xs">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Switch
          checked={on}
          label={
            <Group gap={6}>
              {kind}
              {info?.asksModel && (
                <Badge variant="default" size="xs" tt="none">
                  asks a model
                </Badge>
              )}
            </Group>
          }
          description={info?.summary}
          onChange={event => {
            const { enabled: _, ...rest } = entry
            if (!event.currentTarget.checked) onChange(isUsual ? { ...rest, enabled: false } : undefined)
            else onChange(isUsual && Object.keys(params).length === 0 ? undefined : (rest as CriticEntry))
          }}
        />
        {info && (
          <Button
            size="compact-xs"
            variant="subtle"
            style={{ flexShrink: 0 }}
            aria-expanded={shown}
            aria-label={`Settings of ${kind}`}
            disabled={!on}
            onClick={() => setOpen(!open)}
          >
            {shown ? 'Close' : 'Set …'}
          </Button>
        )}
      </Group>
      {!info && (
        <Text size="sm" c="red">
          There is no critic of this kind here.
        </Text>
      )}
      {info && (
        <Collapse expanded={shown} keepMounted={false}>
          <Box pt="sm">
            <Stack gap="md">
              {info.asksModel && (
                <JudgeChoice
                  project={project}
                  label="Who judges"
                  value={provider}
                  onChange={next => onChange(rebuilt({ ...params, ...(next !== undefined && { provider: next }) }))}
                />
              )}
              <SchemaForm
                schema={info.params}
                value={params}
                problems={problems}
                onChange={next => onChange(rebuilt({ ...(provider !== undefined && { provider }), ...next }))}
              />
            </Stack>
          </Box>
        </Collapse>
      )}
    </Paper>
  )
}

/** Those that judge unless the recipe says otherwise. */
function usualCritics(critics: CriticInfo[], generator: GeneratorInfo): CriticEntry[] {
  const brought = generator.critics as CriticEntry[]
  const byDefault = critics.filter(
    ({ kind, onByDefault }) => onByDefault && !brought.some(entry => entry.kind === kind),
  )
  return [...byDefault.map(({ kind }) => ({ kind })), ...brought]
}

/** How many critics judge. */
export function criticsOn(listed: CriticEntry[], critics: CriticInfo[], generator: GeneratorInfo): number {
  const usual = usualCritics(critics, generator).filter(({ kind }) => !listed.some(entry => entry.kind === kind))
  return usual.length + listed.filter(({ enabled }) => enabled !== false).length
}
