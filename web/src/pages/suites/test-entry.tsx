/** One test in a suite or beside it: what it does, with an example, and what is asked of it. */
import {
  Badge,
  Box,
  Checkbox,
  Group,
  NumberInput,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  VisuallyHidden,
} from '@mantine/core'
import type { ShownTest, SuiteEntryInput } from '../../../../src/model/api/suite-shapes.ts'
import { SchemaForm } from '../../form/schema-form.tsx'
import { MarkedChange } from './marked-change.tsx'

const shares = {
  words: { label: 'Share of the words', description: 'Exactly that share is changed' },
  matches: { label: 'Chance of each match', description: 'That it is changed' },
  texts: { label: 'Share of the texts', description: 'That are changed' },
}

interface TestEntryProps {
  test: ShownTest
  /** All there are; chains are made of them. */
  all: ShownTest[]
  /** Undefined where the suite does not have it. */
  entry: SuiteEntryInput | undefined
  /** What it must reach where it says nothing itself, 0 to 1. */
  usualMinimum: number
  errors: { path: string; message: string }[]
  onEntry: (entry: SuiteEntryInput | undefined) => void
}

export function TestEntry({ test, all, entry, usualMinimum, errors, onEntry }: TestEntryProps) {
  const { kind, category, summary, example, way, mayChangeLabel } = test
  return (
    <Box component="li" py="sm" style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}>
      <Checkbox
        label={
          <Group gap="xs" component="span">
            <Text span fw={500}>
              {kind}
            </Text>
            {mayChangeLabel && (
              <Badge component="span" color="gray" variant="outline" tt="none">
                may change the label
              </Badge>
            )}
            {way === 'paraphrase' && (
              <Badge component="span" color="gray" variant="light" tt="none">
                asks a provider
              </Badge>
            )}
          </Group>
        }
        description={summary}
        checked={entry !== undefined}
        onChange={({ currentTarget }) =>
          onEntry(
            currentTarget.checked
              ? { category, kind, ...(way === 'chain' && { chains: [['lowercase', 'add_typo']] }) }
              : undefined,
          )
        }
      />
      <Box pl={32} mt={4}>
        <Text size="sm" component="p" m={0} className="generated-text">
          {example.before}
          <Text span c="dimmed" mx={6} aria-hidden="true">
            →
          </Text>
          <VisuallyHidden component="span"> becomes </VisuallyHidden>
          {way === 'perturbation' ? <MarkedChange before={example.before} after={example.after} /> : example.after}
        </Text>
        {entry && <Settings {...{ test, all, entry, usualMinimum, errors, onEntry }} entry={entry} />}
      </Box>
    </Box>
  )
}

function Settings({
  test: { kind, category, way, prob, params },
  all,
  entry,
  usualMinimum,
  errors,
  onEntry,
}: TestEntryProps & { entry: SuiteEntryInput }) {
  const fault = (path: string) => errors.find(error => error.path === path)?.message
  const inside = errors
    .filter(({ path }) => path.startsWith('parameters.'))
    .map(({ path, message }) => ({ path: path.slice('parameters.'.length), message }))
  const takes = Object.keys((params['properties'] as object | undefined) ?? {}).length > 0
  return (
    <Stack gap="sm" mt="sm" maw={720}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {category !== 'accuracy' && (
          <NumberInput
            label={`Minimum pass rate of ${kind}`}
            description={`Empty: ${Number((100 * usualMinimum).toFixed(2))} %, as of the suite`}
            suffix=" %"
            min={0}
            max={100}
            decimalScale={2}
            value={entry.minPassRate === undefined ? '' : Number((100 * entry.minPassRate).toFixed(2))}
            error={fault('minPassRate')}
            onChange={given => onEntry({ ...entry, minPassRate: typeof given === 'number' ? given / 100 : undefined })}
          />
        )}
        {prob !== null && (
          <NumberInput
            label={`${shares[prob].label}, of ${kind}`}
            description={`${shares[prob].description}; empty: 100 %`}
            suffix=" %"
            min={0}
            max={100}
            decimalScale={2}
            value={entry.prob === undefined ? '' : Number((100 * entry.prob).toFixed(2))}
            error={fault('prob')}
            onChange={given => onEntry({ ...entry, prob: typeof given === 'number' ? given / 100 : undefined })}
          />
        )}
      </SimpleGrid>
      {way === 'chain' ? (
        <Chains entry={entry} all={all} errors={errors} onEntry={onEntry} />
      ) : (
        takes && (
          <SchemaForm
            schema={params}
            value={entry.parameters ?? {}}
            problems={inside}
            onChange={parameters => onEntry({ ...entry, parameters: parameters as SuiteEntryInput['parameters'] })}
          />
        )
      )}
    </Stack>
  )
}

function Chains({
  entry,
  all,
  errors,
  onEntry,
}: Pick<TestEntryProps, 'all' | 'errors' | 'onEntry'> & { entry: SuiteEntryInput }) {
  const chains = entry.chains ?? []
  const names = all.filter(({ way }) => way === 'perturbation').map(({ kind }) => kind)
  return (
    <>
      {[...chains, []].map((chain, at) => (
        <TagsInput
          // biome-ignore lint/suspicious/noArrayIndexKey: a chain is its place
          key={at}
          label={at < chains.length ? `Chain ${at + 1}` : 'Another chain'}
          description="At least two tests, in the order they are put to a text"
          data={names}
          value={chain}
          error={errors.find(({ path }) => path.startsWith(`chains.${at}`))?.message}
          onChange={chosen => {
            const next = at < chains.length ? chains.with(at, chosen) : [...chains, chosen]
            onEntry({ ...entry, chains: next.filter(each => each.length > 0) })
          }}
        />
      ))}
    </>
  )
}
