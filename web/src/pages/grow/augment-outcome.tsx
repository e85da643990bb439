/** What augmenting would make: asked for, possible and made, test by test. */
import { Paper, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import type { AugmentationPreview } from '../../../../src/model/api/previews.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import styles from './augment.module.css'

interface AugmentOutcomeProps {
  preview: { data: AugmentationPreview | undefined; error: unknown; isBehind: boolean }
}

export function AugmentOutcome({ preview }: AugmentOutcomeProps) {
  const { data, error, isBehind } = preview
  if (error) return <ProblemNotice error={error} />
  if (!data) return <Text size="sm">Counting what can be made …</Text>
  const { records, tests, making } = data
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-label="What it makes"
      className={isBehind ? styles['behind'] : ''}
    >
      <Stack gap="sm">
        <Title order={2} size="h5">
          What it makes
        </Title>
        <Text size="sm" fw={600} role="status">
          {making.toLocaleString('en')} new records of {records.toLocaleString('en')}.
        </Text>
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Counts by test' }}>
          <Table verticalSpacing={4} miw={560}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Test</Table.Th>
                <Table.Th ta="right">Asked for</Table.Th>
                <Table.Th ta="right">Possible</Table.Th>
                <Table.Th ta="right">Made</Table.Th>
                <Table.Th>One of them</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tests.map(({ test, requested, possible, making, sample }) => (
                <Table.Tr key={test}>
                  <Table.Td className={styles['name']}>{test}</Table.Td>
                  <Table.Td ta="right">{requested.toLocaleString('en')}</Table.Td>
                  <Table.Td ta="right">{possible.toLocaleString('en')}</Table.Td>
                  <Table.Td ta="right">{making.toLocaleString('en')}</Table.Td>
                  <Table.Td>
                    {sample ? (
                      <>
                        <Text size="xs" c="dimmed" className="generated-text" lineClamp={2}>
                          {sample.before}
                        </Text>
                        <Text size="xs" className="generated-text" lineClamp={2}>
                          {sample.after}
                        </Text>
                      </>
                    ) : (
                      <Text size="xs" c="dimmed">
                        It changes no text into one that is new.
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      </Stack>
    </Paper>
  )
}
