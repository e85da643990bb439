/** One leaf beside the tree: what is wrong with it, its seed examples, and where its file is. */
import { Alert, CloseButton, Code, Group, List, Paper, Spoiler, Stack, Text, Title } from '@mantine/core'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import type { Leaf } from './taxonomy-branches.ts'

interface TaxonomyLeafProps {
  folder: string
  leaf: Leaf
  onClose: () => void
}

export function TaxonomyLeaf({ folder, leaf, onClose }: TaxonomyLeafProps) {
  const { path, kind, problems, seeds, pairs } = leaf
  const shown = useEndpoint('showLeaf', { query: { folder, path } }, { enabled: kind !== undefined })
  return (
    <Paper withBorder p="md" component="section" aria-label={`Leaf ${path}`}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} size="h5" style={{ overflowWrap: 'anywhere' }}>
            {path}
          </Title>
          <CloseButton onClick={onClose} aria-label="Close the leaf" />
        </Group>
        <Text size="sm">
          Edit it in{' '}
          <Code style={{ overflowWrap: 'anywhere' }}>
            {folder === '.' ? '' : `${folder}/`}
            {path}/qna.yaml
          </Code>{' '}
          of the workspace’s folder; the tree follows.
        </Text>
        {problems.length > 0 && (
          <Alert
            color={kind ? 'yellow' : 'red'}
            styles={{ title: { color: 'var(--mantine-color-text)' } }}
            title={kind ? 'What could be better' : 'It cannot be grown'}
          >
            <List size="sm">
              {problems.map(({ rule, line, message, repair }) => (
                <List.Item key={`${rule} ${line} ${message}`} style={{ overflowWrap: 'anywhere' }}>
                  Line {line.toLocaleString('en')}: {message} {repair}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        {kind !== undefined && (
          <Loaded of={shown}>
            {({ taskDescription, seeds: examples }) => (
              <Stack gap="sm">
                {taskDescription !== '' && (
                  <Text size="sm" className="generated-text">
                    {taskDescription}
                  </Text>
                )}
                <Title order={3} size="h6">
                  {seeds.toLocaleString('en')} seed examples, {pairs.toLocaleString('en')} questions with answers
                </Title>
                {examples.map((seed, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: seed examples have no identity but their place
                  <Stack key={at} gap={4}>
                    {seed.context !== '' && (
                      <Spoiler maxHeight={72} showLabel="Show all" hideLabel="Show less" transitionDuration={0}>
                        <Text size="xs" c="dimmed" className="generated-text">
                          {seed.context}
                        </Text>
                      </Spoiler>
                    )}
                    {seed.pairs.map(({ question, answer }) => (
                      <div key={question}>
                        <Text size="sm" fw={600} className="generated-text">
                          {question}
                        </Text>
                        <Text size="sm" className="generated-text">
                          {answer}
                        </Text>
                      </div>
                    ))}
                  </Stack>
                ))}
              </Stack>
            )}
          </Loaded>
        )}
      </Stack>
    </Paper>
  )
}
