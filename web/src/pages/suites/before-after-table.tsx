/** Every test before and after, with what changed in words. */
import { Badge, Table, Text } from '@mantine/core'
import type { ShownImprovement } from '../../../../src/model/api/suite-shapes.ts'
import { directionOf, shownCount, shownMinimum, shownPoints, shownRate } from '../../parts/figure-words.ts'
import { StatusBadge } from './status-badge.tsx'

type Comparison = NonNullable<ShownImprovement['comparison']>
type Compared = Comparison['tests'][number]

export function BeforeAfterTable({ comparison: { tests, measured } }: { comparison: Comparison }) {
  const entities = tests.some(({ entityRates }) => entityRates)
  return (
    <>
      <Table.ScrollContainer minWidth={900} type="native" tabIndex={0} aria-label="Before and after, scrolls sideways">
        <Table verticalSpacing="xs" tabularNums aria-label="Before and after">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Category</Table.Th>
              <Table.Th>Test type</Table.Th>
              <Table.Th ta="right">Cases</Table.Th>
              <Table.Th ta="right">Before</Table.Th>
              <Table.Th ta="right">After</Table.Th>
              <Table.Th ta="right">Minimum pass rate</Table.Th>
              <Table.Th ta="right">Gain in points (95 %)</Table.Th>
              {entities && <Table.Th ta="right">With entities</Table.Th>}
              <Table.Th>Change</Table.Th>
              <Table.Th>Status</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tests.map(test => (
              <Table.Tr key={test.test}>
                <Table.Td>{test.category}</Table.Td>
                <Table.Td style={{ overflowWrap: 'break-word' }}>{test.test}</Table.Td>
                <Table.Td ta="right">{shownCount(test.cases)}</Table.Td>
                <Table.Td ta="right">{shownRate(test.before.rate)}</Table.Td>
                <Table.Td ta="right" fw={600}>
                  {shownRate(test.after.rate)}
                </Table.Td>
                <Table.Td ta="right">{shownMinimum(test.minimum)}</Table.Td>
                <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                  {shownPoints(test.difference)}
                </Table.Td>
                {entities && (
                  <Table.Td ta="right">
                    {shownRate(test.entityRates?.before ?? null)} → {shownRate(test.entityRates?.after ?? null)}
                  </Table.Td>
                )}
                <Table.Td>
                  <Change test={test} />
                </Table.Td>
                <Table.Td>
                  <StatusBadge pass={test.after.pass} word={statusWord(test)} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {measured.map(({ test, before, after }) => (
        <Text key={test} size="sm">
          {test}: {passed(before)} before, {passed(after)} after
        </Text>
      ))}
      <Text size="sm" c="dimmed">
        Where 0 lies within the interval of the gain, it may be chance.
      </Text>
    </>
  )
}

function Change({ test: { difference } }: { test: Compared }) {
  const direction = directionOf(difference)
  const [colour, word] = { better: ['leaf', 'better'], worse: ['red', 'worse'], open: ['gray', 'no clear change'] }[
    direction
  ] as [string, string]
  return (
    <Badge color={colour} variant="light" tt="none" miw="max-content">
      {word}
    </Badge>
  )
}

function statusWord({ before, after }: Compared): string {
  if (after.pass === null) return 'not tested'
  if (after.pass) return before.pass ? 'passes' : 'passes now'
  return before.pass ? 'fails now' : 'fails'
}

function passed(pass: boolean | null): string {
  return pass === null ? 'not measured' : pass ? 'passed' : 'failed'
}
