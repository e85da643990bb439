/** The card of the dataset that a run grew, as the export writes it. */
import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { CardText } from './card-text.tsx'

export function RunCard({ run }: { run: string }) {
  const card = useEndpoint('runCard', { params: { run } })
  return (
    <Loaded of={card}>
      {({ project, markdown }) => (
        <Stack>
          <Group justify="space-between">
            <Text size="sm" maw={640}>
              What a reader of dataset “{project}” must know, all its runs together. An export with a card writes it
              beside the data.
            </Text>
            <CopyButton value={markdown}>
              {({ copied, copy }) => (
                <Button size="xs" variant="default" onClick={copy}>
                  {copied ? 'Copied' : 'Copy as Markdown'}
                </Button>
              )}
            </CopyButton>
          </Group>
          <CardText markdown={markdown} />
        </Stack>
      )}
    </Loaded>
  )
}
