/** Tables declared by hand: the declaration as text, what is wrong with it at its lines, and the first rows as one types. */
import { Alert, Anchor, Box, Button, Group, List, Stack, Text, Title, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { useEndpoint } from '../../api/use-endpoint.ts'
import type { Schema } from '../../form/json-schema.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { RowsTable } from '../tables/rows-table.tsx'
import { declarationTextOf, problemIn, readDeclarationText } from './declaration-text.ts'
import { keepDeclaration, readKeptDeclaration } from './draft.ts'
import { LineProblems } from './line-problems.tsx'
import { usePreview } from './panel-preview.ts'
import type { PanelProps } from './panels.ts'
import { tableExamples } from './table-examples.ts'
import styles from './templates.module.css'
import { Waiting } from './waiting.tsx'
import type { YamlEditorHandle } from './yaml-editor.tsx'

const YamlEditor = lazy(() => import('./yaml-editor.tsx'))
const mostRows = 10
/** What these say is wrong with the text; anything else is not. */
const ofDeclaration = new Set(['bad-recipe', 'bad-input'])

export function TablePanel({ project, params, onChange, problems }: PanelProps) {
  const [text, setText] = useState(() => beginning(project, params))
  const [before, setBefore] = useState<string>()
  const editor = useRef<YamlEditorHandle>(null)
  const generators = useEndpoint('listGenerators', {})
  const written = useMemo(() => readDeclarationText(text), [text])
  const isBlank = written.params !== undefined && Object.keys(written.params).length === 0
  const preview = usePreview(
    'previewDeclaration',
    written.params && !isBlank ? { params: { project }, body: { params: written.params, seed: 0 } } : undefined,
  )
  const drawn = isBlank || !written.params ? undefined : preview.data
  const failed = isBlank || preview.isBehind ? null : preview.error
  const refused = failed && ofDeclaration.has(failed.problem.code) ? failed.problem : undefined
  // Of what cannot be read nothing else is known, and nothing is wrong with what nobody has begun.
  const told = problems.length === 0 && refused ? [problemIn(`${refused.title} ${refused.hint}`)] : problems
  const shown = isBlank ? [] : [...written.faults, ...(written.params ? told.map(written.placed) : [])]
  const change = (next: string) => {
    setText(next)
    keepDeclaration(project, next)
    // What cannot be read grows nothing, rather than what stood there before.
    onChange(readDeclarationText(next).params ?? {})
  }
  const take = (example: string) => {
    const own = text.trim() !== '' && !tableExamples.some(({ text: known }) => known === text)
    setBefore(own ? text : undefined)
    change(example)
  }
  return (
    <Stack gap="md">
      <Stack gap="xs" role="group" aria-label="Examples to begin with">
        <Text size="sm">
          Begin with an example, or write what you know. Ctrl-Space shows what may stand where the cursor is.
        </Text>
        <Group gap="xs">
          {tableExamples.map(({ name, shows, text: example }) => (
            <Tooltip key={name} label={shows} openDelay={400} multiline>
              <Button size="compact-sm" variant="default" onClick={() => take(example)}>
                {name}
              </Button>
            </Tooltip>
          ))}
        </Group>
        <Box aria-live="polite">
          {before !== undefined && (
            <Group gap="xs">
              <Text size="sm">The example stands in place of what you had.</Text>
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => {
                  change(before)
                  setBefore(undefined)
                }}
              >
                Bring back what I had
              </Button>
            </Group>
          )}
        </Box>
      </Stack>
      <Suspense fallback={<Waiting />}>
        <YamlEditor
          label="Declaration in YAML"
          value={text}
          onChange={next => {
            // What is put in from here comes back from the editor.
            if (next === text) return
            setBefore(undefined)
            change(next)
          }}
          problems={shown}
          schema={generators.data?.find(({ kind }) => kind === 'table')?.params as Schema | undefined}
          handle={editor}
        />
      </Suspense>
      <Box aria-live="polite">
        <LineProblems problems={shown} editor={editor} />
        {!refused && <ProblemNotice error={failed} />}
      </Box>
      {params['model'] !== undefined && (
        <Alert color="blue" title="This draws from a model that was learned.">
          <Text size="sm">
            Models are drawn, with conditions and to files, on the page{' '}
            <Anchor component={Link} to={`/p/${project}/tables`} inherit>
              Tables
            </Anchor>
            . Here their rows become records.
          </Text>
        </Alert>
      )}
      <Stack
        gap="sm"
        component="section"
        aria-label="The first rows"
        aria-busy={preview.isFetching}
        className={preview.isBehind ? styles['behind'] : ''}
      >
        <Title order={2} size="h5">
          The first rows
        </Title>
        {!drawn && (
          <Text size="sm" c="dimmed">
            {shown.length > 0 ? 'They appear once it is set right.' : 'They appear here as you write.'}
          </Text>
        )}
        {drawn?.tables.map(table => (
          <Stack gap={4} key={table.table}>
            {drawn.tables.length > 1 && (
              <Text size="sm" fw={600}>
                {table.table}
              </Text>
            )}
            <RowsTable table={{ ...table, rows: table.rows.slice(0, mostRows) }} />
          </Stack>
        ))}
        {drawn && drawn.notes.length > 0 && (
          <List size="sm">
            {drawn.notes.map(note => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Stack>
  )
}

/** The text that was written, with its comments, unless the parameters were changed in another way since. */
function beginning(project: string, params: Record<string, unknown>): string {
  const kept = readKeptDeclaration(project)
  const says = kept === undefined ? undefined : (readDeclarationText(kept).params ?? {})
  return kept !== undefined && JSON.stringify(says) === JSON.stringify(params) ? kept : declarationTextOf(params)
}
