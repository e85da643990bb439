/** Mode `more`: for each label, the texts that new ones are to be like and those they are to be unlike. */
import { Button, Group, Paper, SimpleGrid, Stack, Title } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { ExamplesPreview, ShownText } from '../../../../src/model/api/previews.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useLabelColours } from '../../parts/use-label-colours.ts'
import {
  examplesIn,
  labelsIn,
  likeIsFixed,
  nameOf,
  notPreviewed,
  type Params,
  shownCells,
  shownExamples,
  unlikeIn,
  withExamples,
  withFixedExamples,
  withFoundExamples,
  withUnlike,
} from './multiply-params.ts'
import { type PickedRecord, RecordPicker } from './multiply-record-picker.tsx'
import { type ColumnText, TextColumn } from './multiply-texts.tsx'
import { sentParams, usePreview } from './panel-preview.ts'
import type { PanelProps } from './panels.ts'

type Cell = ExamplesPreview['cells'][number]
/** What is being chosen: for which label, for which column, in whose place. */
type Choosing = { label?: string; column: 'like' | 'unlike'; at?: number }

export function MultiplyMore({ project, params, onChange }: PanelProps) {
  const [choosing, setChoosing] = useState<Choosing>()
  const examples = examplesIn(params)
  const isEmpty = Object.keys(examples).length === 0 && labelsIn(params).length === 0
  const preview = usePreview(
    'previewExamples',
    isEmpty ? undefined : { params: { project }, body: { params: sentParams(params, notPreviewed) } },
  )
  const field = typeof params['text'] === 'string' ? params['text'] : 'text'
  const known = useRef(new Map<string, ShownText>())
  for (const { examples, like, unlike } of preview.data?.cells ?? [])
    for (const shown of [...examples, ...like, ...unlike]) remember(known.current, shown)
  const cells = isEmpty ? [] : shownCells(params, preview.data?.cells ?? [], known.current)
  const fixed = likeIsFixed(params)

  const changeLike = (label: string, change: (names: string[]) => string[], touchesFound: boolean) => {
    const all = fixed || touchesFound ? shownExamples(params, cells) : examples
    const next = { ...all, [label]: change(all[label] ?? []) }
    onChange(fixed || touchesFound ? withFixedExamples(params, next) : withExamples(params, next))
  }
  const changeUnlike = ({ label, unlike }: Cell, change: (names: string[]) => string[]) =>
    onChange(withUnlike(params, label, change(unlikeIn(params)[label] ?? unlike.map(nameOf))))

  const pick = (records: PickedRecord[]) => {
    for (const { id, fields, labels } of records) remember(known.current, { id, text: String(fields[field]), labels })
    choose(records.map(({ id, labels }) => ({ name: id, label: labels[0]! })))
  }
  const choose = (names: { name: string; label: string }[]) => {
    const { label, column, at } = choosing!
    const put = (list: string[]) =>
      at === undefined
        ? [...list, ...names.map(({ name }) => name)]
        : list.toSpliced(at, 1, ...names.map(({ name }) => name))
    if (label === undefined) {
      const added = Object.groupBy(names, name => name.label)
      const next = Object.entries(added).map(([label, named = []]) => [
        label,
        [...(examples[label] ?? []), ...named.map(({ name }) => name)],
      ])
      return onChange(withExamples(params, { ...examples, ...Object.fromEntries(next) }))
    }
    const cell = cells.find(cell => cell.label === label)!
    if (column === 'unlike') return changeUnlike(cell, put)
    changeLike(label, put, at !== undefined && at >= cell.examples.length)
  }

  return (
    <Stack gap="md">
      {isEmpty && (
        <EmptyState
          title="Choose the examples to multiply"
          action={
            <Button leftSection={<IconListSearch size={18} />} onClick={() => setChoosing({ column: 'like' })}>
              Choose records
            </Button>
          }
        >
          One is enough: similar ones and close ones of other labels are found beside it, and you can change both.
        </EmptyState>
      )}
      {!isEmpty && <ProblemNotice error={preview.error} />}
      <Stack gap="md" aria-busy={preview.isBehind} aria-live="polite">
        {cells.map(cell => (
          <LabelColumns
            key={cell.label}
            {...{ project, cell, fixed, params, onChange }}
            onChoose={setChoosing}
            onRemoveLike={at => changeLike(cell.label, names => names.toSpliced(at, 1), at >= cell.examples.length)}
            onRemoveUnlike={at => changeUnlike(cell, names => names.toSpliced(at, 1))}
          />
        ))}
      </Stack>
      {!isEmpty && (
        <Group gap="sm">
          <Button variant="default" size="xs" onClick={() => setChoosing({ column: 'like' })}>
            Choose more records
          </Button>
          <Button variant="subtle" color="gray" size="xs" onClick={() => onChange(withNothing(params))}>
            Start over
          </Button>
        </Group>
      )}
      {choosing && (
        <RecordPicker
          project={project}
          field={field}
          title={titleOf(choosing)}
          single={choosing.at !== undefined}
          taken={takenBy(choosing, cells, examples)}
          {...(choosing.column === 'like' && choosing.label !== undefined && { label: choosing.label })}
          {...(choosing.column === 'unlike' && choosing.label !== undefined && { without: choosing.label })}
          {...(choosing.label !== undefined && {
            onWrite: (text: string) => choose([{ name: text, label: choosing.label! }]),
          })}
          onPick={pick}
          onClose={() => setChoosing(undefined)}
        />
      )}
    </Stack>
  )
}

interface LabelColumnsProps extends Pick<PanelProps, 'project' | 'params' | 'onChange'> {
  cell: Cell
  fixed: boolean
  onChoose: (choosing: Choosing) => void
  onRemoveLike: (at: number) => void
  onRemoveUnlike: (at: number) => void
}

function LabelColumns(props: LabelColumnsProps) {
  const { project, cell, fixed, params, onChange, onChoose, onRemoveLike, onRemoveUnlike } = props
  const { label, examples, like, unlike } = cell
  const colourOf = useLabelColours(project)
  const isChosen = label in examplesIn(params)
  const likes: ColumnText[] = [
    ...examples.map(text => ({ ...text, found: !isChosen })),
    ...like.map(text => ({ ...text, found: true })),
  ]
  const ownUnlike = unlikeIn(params)[label]
  const unlikes: ColumnText[] = unlike.map(text => ({ ...text, found: ownUnlike === undefined }))
  return (
    <Paper withBorder p="md" component="section" aria-label={`Examples of ${label}`}>
      <Stack gap="md">
        <Group gap="xs">
          <Title order={2} size="h5" fw={600}>
            More of
          </Title>
          <LabelBadge label={label} colour={colourOf(label)} />
        </Group>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <TextColumn
            title="Like these"
            lead={
              fixed
                ? 'Exactly these are shown to the teacher.'
                : isChosen
                  ? 'What you chose, and the nearest to it. Each call draws from these and a few that are about as near.'
                  : 'Every example of the label takes its turn; this is the first, with the nearest to it.'
            }
            texts={likes}
            empty="None yet."
            onAdd={() => onChoose({ label, column: 'like' })}
            onRemove={onRemoveLike}
            onExchange={at => onChoose({ label, column: 'like', at })}
            footer={
              fixed &&
              (examplesIn(params)[label]?.length ?? 0) <= 8 && (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  onClick={() => onChange(withFoundExamples(params))}
                  style={{ alignSelf: 'flex-start' }}
                >
                  Find similar ones again
                </Button>
              )
            }
          />
          <TextColumn
            title="Unlike these"
            lead={
              ownUnlike === undefined
                ? 'Close, but of other labels: the teacher is told not to write such texts.'
                : 'Exactly these are shown to the teacher as what not to write.'
            }
            texts={unlikes}
            empty={
              ownUnlike === undefined ? 'No text of another label comes close.' : 'None: nothing is set off against it.'
            }
            colourOf={colourOf}
            onAdd={() => onChoose({ label, column: 'unlike' })}
            onRemove={onRemoveUnlike}
            onExchange={at => onChoose({ label, column: 'unlike', at })}
            footer={
              ownUnlike !== undefined && (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  onClick={() => onChange(withUnlike(params, label, undefined))}
                  style={{ alignSelf: 'flex-start' }}
                >
                  Find close ones again
                </Button>
              )
            }
          />
        </SimpleGrid>
      </Stack>
    </Paper>
  )
}

function remember(known: Map<string, ShownText>, shown: ShownText): void {
  for (const name of [shown.id, shown.text]) if (name !== null) known.set(name, shown)
}

function withNothing({
  examples: _,
  unlike: __,
  label: ___,
  similar: ____,
  contrast: _____,
  ...params
}: Params): Params {
  return params
}

function titleOf({ label, column, at }: Choosing): string {
  if (label === undefined) return 'Choose examples to multiply'
  const what = column === 'like' ? `an example of ${label}` : `a text that is not ${label}`
  return at === undefined ? `Add ${what}` : `Exchange for ${what}`
}

function takenBy({ label, column }: Choosing, cells: Cell[], examples: Record<string, string[]>): string[] {
  const cell = cells.find(cell => cell.label === label)
  if (!cell) return Object.values(examples).flat()
  // One that is only found may still be chosen.
  return (column === 'like' ? cell.examples : cell.unlike).flatMap(({ id, text }) => [id ?? text, text])
}
