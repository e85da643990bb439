/** What was taken for what: a matrix while the labels are few, else the most frequent pairs. */
import { Anchor, Box, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ShownModelTest } from '../../../../src/model/api/models.ts'
import { shownCount, shownCounts } from '../../parts/figure-words.ts'

const mostInMatrix = 20
const mostPairs = 20

interface ConfusionsProps {
  project: string
  test: ShownModelTest
  labels: string[]
}

export function Confusions({ project, test, labels }: ConfusionsProps) {
  return (
    <>
      {labels.length <= mostInMatrix && <Matrix test={test} labels={labels} />}
      <Text size="sm" fw={600}>
        {labels.length <= mostInMatrix ? 'Most frequent mistakes' : 'Most frequent of all pairs'}
      </Text>
      <ul style={{ margin: 0, paddingInlineStart: '1.2rem' }}>
        {test.confusions.slice(0, mostPairs).map(({ gold, predicted, count }) => (
          <li key={`${gold}\n${predicted}`}>
            <Text size="sm" span>
              {shownCounts(count, 'text')} of <strong>{gold || 'no label'}</strong> taken for{' '}
              <strong>{predicted || 'none'}</strong>{' '}
              {gold !== '' && (
                <Anchor component={Link} to={`/p/${project}/records?label=${encodeURIComponent(gold)}`} size="sm">
                  see {gold}
                </Anchor>
              )}
            </Text>
          </li>
        ))}
      </ul>
    </>
  )
}

function Matrix({ test, labels }: { test: ShownModelTest; labels: string[] }) {
  const wrong = new Map(test.confusions.map(({ gold, predicted, count }) => [`${gold}\n${predicted}`, count]))
  const score = new Map(test.labels.map(label => [label.label, label]))
  const right = (label: string) => Math.round((score.get(label)?.recall ?? 0) * (score.get(label)?.support ?? 0))
  const most = Math.max(1, ...labels.map(right), ...wrong.values())
  return (
    <Table.ScrollContainer
      minWidth={180 + labels.length * 104}
      type="native"
      tabIndex={0}
      aria-label="Confusion matrix, scrolls sideways"
    >
      <Table
        withColumnBorders
        tabularNums
        layout="fixed"
        aria-label="Rows: what the data say; columns: what the model says"
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={180}>
              <Text size="xs" c="dimmed">
                data ↓ model →
              </Text>
            </Table.Th>
            {labels.map(label => (
              <Table.Th key={label} ta="center" fz="xs" style={{ overflowWrap: 'anywhere' }}>
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {labels.map(gold => (
            <Table.Tr key={gold}>
              <Table.Th fz="sm" style={{ overflowWrap: 'anywhere' }}>
                {gold}
              </Table.Th>
              {labels.map(predicted => {
                const count = gold === predicted ? right(gold) : (wrong.get(`${gold}\n${predicted}`) ?? 0)
                return (
                  <Table.Td key={predicted} ta="center" p={4}>
                    <Box
                      py={4}
                      fw={gold === predicted ? 600 : undefined}
                      style={{ borderRadius: 4, background: shade(count, most, gold === predicted) }}
                    >
                      {count === 0 ? '·' : shownCount(count)}
                    </Box>
                  </Table.Td>
                )
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** Never so dark that the number on it could not be read, in light and dark. */
function shade(count: number, most: number, right: boolean): string | undefined {
  if (count === 0) return undefined
  const share = Math.round(10 + 22 * (count / most))
  return `color-mix(in srgb, var(--mantine-color-${right ? 'green' : 'red'}-6) ${share}%, transparent)`
}
