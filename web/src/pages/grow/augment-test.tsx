/** One test: what it does, how the model did on it, and how many records to make of it. */
import { Badge, Checkbox, Group, NumberInput, Paper, Stack, Text } from '@mantine/core'
import type { AugmentationPreview, TrialAugmentation } from '../../../../src/model/api/previews.ts'
import type { ShownTest } from '../../../../src/model/api/suite-shapes.ts'
import styles from './augment.module.css'
import type { Test } from './augment-params.ts'

interface AugmentTestProps {
  name: string
  /** Of each step of its chain. */
  facts: ShownTest[]
  /** Undefined: not chosen. */
  test: Test | undefined
  result: TrialAugmentation['results'][number] | undefined
  counts: AugmentationPreview['tests'][number] | undefined
  /** Undefined takes it out. */
  onChange: (test: Partial<Test> | undefined) => void
}

export function AugmentTest({ name, facts, test, result, counts, onChange }: AugmentTestProps) {
  const [first] = facts
  return (
    <Paper withBorder component="li" px="sm" py={8} className={styles['test']}>
      <Stack gap={4} style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Checkbox
            label={<span className={styles['name']}>{name}</span>}
            aria-label={name}
            checked={test !== undefined}
            onChange={event => onChange(event.currentTarget.checked ? {} : undefined)}
          />
          {first && (
            <Badge size="xs" variant="default" tt="none" fw={500}>
              {first.category}
            </Badge>
          )}
          {result && <Result {...result} />}
          {facts.some(({ mayChangeLabel }) => mayChangeLabel) && (
            <Badge size="xs" variant="outline" color="gray" tt="none" c="var(--mantine-color-text)">
              labels may change: to be reviewed
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed" pl={28}>
          {facts.map(({ summary }) => summary).join('; then: ')}
          {facts.length === 1 && (
            <>
              <br />
              <span className={styles['example']}>
                {first!.example.before} → {first!.example.after}
              </span>
            </>
          )}
        </Text>
      </Stack>
      {test && (
        <Group gap="xs" align="flex-end" wrap="nowrap" className={styles['numbers']}>
          <NumberInput
            label="Of the records"
            aria-label={`Share of the records for ${name}`}
            size="xs"
            suffix=" %"
            decimalScale={1}
            min={0.1}
            max={100}
            step={5}
            value={Math.round(test.proportion * 1000) / 10}
            onChange={next =>
              typeof next === 'number' && next > 0 && next <= 100 && onChange({ proportion: next / 100 })
            }
            w={116}
          />
          {first?.prob != null && (
            <NumberInput
              label={`Of the ${first.prob}`}
              aria-label={`Share of the ${first.prob} that ${name} changes`}
              size="xs"
              suffix=" %"
              min={1}
              max={100}
              step={10}
              value={Math.round(test.prob * 100)}
              onChange={next => typeof next === 'number' && next > 0 && next <= 100 && onChange({ prob: next / 100 })}
              w={116}
            />
          )}
          <Text size="xs" c="dimmed" className={styles['count']}>
            {counts ? `makes ${counts.making.toLocaleString('en')}` : ' '}
          </Text>
        </Group>
      )}
    </Paper>
  )
}

function Result({ pass, passRate, minimum }: TrialAugmentation['results'][number]) {
  if (passRate === null) return null
  const rates = `${Math.round(passRate * 100)} % of ${Math.round(minimum * 100)} %`
  return (
    <Badge
      size="sm"
      variant="light"
      color={pass === false ? 'red' : 'green'}
      tt="none"
      fw={500}
      c="var(--mantine-color-text)"
    >
      {pass === false ? 'failed' : 'passed'}: {rates}
    </Badge>
  )
}
