/** The models of a project, newest first, with how they tested. */
import { Anchor, Badge, Group, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../api/call.ts'
import { shownCount, shownInterval, shownScore, shownWhen } from '../../parts/figure-words.ts'

type Listed = AnswerOf<'listModels'>[number]

export function ModelTable({ project, models }: { project: string; models: Listed[] }) {
  const newest = new Set<string>()
  const isNewest = models.map(({ name }) => !newest.has(name) && Boolean(newest.add(name)))
  const entities = models.every(({ task }) => task === 'entities')
  return (
    <Table.ScrollContainer minWidth={720} type="native" tabIndex={0} aria-label="Models, scrolls sideways">
      <Table verticalSpacing="xs" tabularNums aria-label="Models">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Model</Table.Th>
            <Table.Th>Trained</Table.Th>
            <Table.Th ta="right">Records</Table.Th>
            <Table.Th ta="right">of them grown</Table.Th>
            <Table.Th ta="right">Tested on</Table.Th>
            {!entities && <Table.Th ta="right">Accuracy</Table.Th>}
            <Table.Th ta="right">{entities ? 'Micro F1' : 'Macro F1'}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {models.map(({ id, name, createdMs, training, figures }, at) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Group gap="xs" wrap="nowrap">
                  <Anchor component={Link} to={`/p/${project}/models/${id}`} fw={500} size="sm">
                    {id}
                  </Anchor>
                  {isNewest[at] && (
                    <Badge
                      variant="light"
                      size="sm"
                      tt="none"
                      title={`“${name}” means this version`}
                      style={{ flexShrink: 0 }}
                    >
                      newest
                    </Badge>
                  )}
                </Group>
              </Table.Td>
              <Table.Td>{shownWhen(createdMs)}</Table.Td>
              <Table.Td ta="right">{shownCount(training.examples)}</Table.Td>
              <Table.Td ta="right">{shownCount(training.grown)}</Table.Td>
              <Table.Td ta="right">{shownCount(training.heldOut)}</Table.Td>
              {!entities && <Figure figure={figures?.accuracy} />}
              <Figure figure={entities ? figures?.microF1 : figures?.macroF1} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Figure({ figure }: { figure: NonNullable<Listed['figures']>['accuracy'] | undefined }) {
  return (
    <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
      {figure ? (
        <>
          {shownScore(figure.value)}
          <Text span size="xs" c="dimmed" ml={6}>
            {shownInterval(figure.interval)}
          </Text>
        </>
      ) : (
        <Text span size="sm" c="dimmed">
          not tested yet
        </Text>
      )}
    </Table.Td>
  )
}
