/** Each test with its counts, rates and status; a row opens to the cases behind it. */
import { ActionIcon, Group, Select, Switch, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { Fragment } from 'react'
import { z } from 'zod'
import type { TrialRow } from '../../../../src/model/api/suite-shapes.ts'
import { shownCount, shownMinimum, shownRate, shownRateInterval } from '../../parts/figure-words.ts'
import { searchFlag } from '../../parts/search-members.ts'
import { type Order, ordered, SortHead } from '../../parts/sort-head.tsx'
import { usePageSearch } from '../../parts/use-page-search.ts'
import { Details } from './details.tsx'
import { StatusBadge } from './status-badge.tsx'

type Numbered = TrialRow & { number: number }

const columns = {
  number: { title: 'Number', of: ({ number }: Numbered) => number },
  category: { title: 'Category', of: ({ category }: Numbered) => category },
  test: { title: 'Test type', of: ({ test }: Numbered) => test },
  failed: { title: 'Fail count', of: ({ failed }: Numbered) => failed },
  passed: { title: 'Pass count', of: ({ passed }: Numbered) => passed },
  rate: { title: 'Pass rate', of: ({ rate }: Numbered) => rate },
  minimum: { title: 'Minimum pass rate', of: ({ minimum }: Numbered) => minimum },
  status: { title: 'Status', of: ({ pass }: Numbered) => (pass === null ? null : Number(pass)) },
}
type Column = keyof typeof columns
const texts: readonly Column[] = ['category', 'test', 'status']

const searchSchema = z.object({
  sort: z
    .enum(Object.keys(columns) as [Column, ...Column[]])
    .default('number')
    .catch('number'),
  down: searchFlag,
  category: z.string().optional().catch(undefined),
  failed: searchFlag,
  open: z.string().optional().catch(undefined),
})

export function ResultsTable({ trial, rows }: { trial: string; rows: TrialRow[] }) {
  const [{ sort, down, category, failed, open }, change] = usePageSearch(searchSchema)
  const order: Order<Column> = { by: sort, descending: down }
  const numbered = rows.map((row, at) => ({ ...row, number: at + 1 }))
  const chosen = numbered.filter(row => (!failed || row.pass === false) && (!category || row.category === category))
  const shown = ordered(chosen, columns[sort].of, down)
  const hasErrors = rows.some(({ errors }) => errors > 0)
  const hasEntities = rows.some(({ entityRate }) => entityRate !== null)
  const width = Object.keys(columns).length + 1 + Number(hasErrors) + Number(hasEntities)
  return (
    <>
      <Group gap="md">
        <Switch
          label="Only tests that failed"
          checked={failed}
          onChange={({ currentTarget }) => change({ failed: currentTarget.checked || undefined })}
        />
        <Select
          aria-label="Category"
          placeholder="All categories"
          clearable
          data={[...new Set(rows.map(row => row.category))]}
          value={category ?? null}
          onChange={given => change({ category: given ?? undefined })}
        />
      </Group>
      <Table.ScrollContainer minWidth={920} type="native" tabIndex={0} aria-label="Test results, scrolls sideways">
        <Table verticalSpacing="xs" tabularNums aria-label="Test results">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={44}>
                <VisuallyHidden>Details</VisuallyHidden>
              </Table.Th>
              {Object.entries(columns).map(([key, { title }]) => (
                <SortHead
                  key={key}
                  column={key as Column}
                  order={order}
                  onOrder={({ by, descending }) => change({ sort: by, down: descending })}
                  right={!texts.includes(key as Column)}
                >
                  {title}
                </SortHead>
              ))}
              {hasEntities && <Table.Th ta="right">With entities</Table.Th>}
              {hasErrors && <Table.Th ta="right">No answer</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(row => {
              const opened = open === row.test
              const Chevron = opened ? IconChevronDown : IconChevronRight
              return (
                <Fragment key={row.test}>
                  <Table.Tr bg={opened ? 'var(--mantine-color-default-hover)' : undefined}>
                    <Table.Td>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-expanded={opened}
                        aria-label={`Details of ${row.test}`}
                        onClick={() => change({ open: opened ? undefined : row.test })}
                      >
                        <Chevron size={16} />
                      </ActionIcon>
                    </Table.Td>
                    <Table.Td ta="right">{row.number}</Table.Td>
                    <Table.Td>{row.category}</Table.Td>
                    <Table.Td style={{ overflowWrap: 'break-word' }}>{row.test}</Table.Td>
                    <Table.Td ta="right">{shownCount(row.failed)}</Table.Td>
                    <Table.Td ta="right">{shownCount(row.passed)}</Table.Td>
                    <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                      {shownRate(row.rate)}
                      {row.interval && (
                        <Text span size="xs" c="dimmed" ml={6} title="95 % interval">
                          {shownRateInterval(row.interval)}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td ta="right">{shownMinimum(row.minimum)}</Table.Td>
                    <Table.Td>
                      <StatusBadge pass={row.pass} />
                    </Table.Td>
                    {hasEntities && <Table.Td ta="right">{shownRate(row.entityRate)}</Table.Td>}
                    {hasErrors && <Table.Td ta="right">{shownCount(row.errors)}</Table.Td>}
                  </Table.Tr>
                  {opened && (
                    <Table.Tr>
                      <Table.Td colSpan={width} p={0}>
                        <Details trial={trial} row={row} />
                      </Table.Td>
                    </Table.Tr>
                  )}
                </Fragment>
              )
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {shown.length === 0 && <Text size="sm">{failed ? 'No test failed.' : 'There is no such test.'}</Text>}
    </>
  )
}
