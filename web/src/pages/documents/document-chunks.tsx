/** A document in chunks, as generators see it, with how long they may be. */
import { Badge, Breadcrumbs, Button, Group, Paper, SimpleGrid, Slider, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { AnswerOf } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'

type Chunk = AnswerOf<'documentChunks'>[number]

/** As `cultivar documents chunks` has it. */
const usual = { maxTokens: 500, overlapTokens: 0 }
const chunksAtOnce = 100

export function DocumentChunks({ project, document }: { project: string; document: string }) {
  const [sizes, setSizes] = useState(usual)
  const [dragged, setDragged] = useState(usual)
  const [shown, setShown] = useState(chunksAtOnce)
  const chunks = useEndpoint('documentChunks', { params: { project, document }, query: sizes }, { keepPrevious: true })
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }} maw={820}>
        <div>
          <Text size="sm" fw={500} id="max-tokens">
            Most tokens of a chunk: {dragged.maxTokens.toLocaleString('en')}
          </Text>
          <Slider
            aria-labelledby="max-tokens"
            thumbLabel="Most tokens of a chunk"
            min={50}
            max={2000}
            step={50}
            label={null}
            value={dragged.maxTokens}
            onChange={maxTokens => setDragged({ ...dragged, maxTokens })}
            onChangeEnd={maxTokens => setSizes({ ...sizes, maxTokens })}
          />
        </div>
        <div>
          <Text size="sm" fw={500} id="overlap">
            Tokens repeated from the chunk before: {dragged.overlapTokens.toLocaleString('en')}
          </Text>
          <Slider
            aria-labelledby="overlap"
            thumbLabel="Tokens repeated from the chunk before"
            min={0}
            max={300}
            step={10}
            label={null}
            value={dragged.overlapTokens}
            onChange={overlapTokens => setDragged({ ...dragged, overlapTokens })}
            onChangeEnd={overlapTokens => setSizes({ ...sizes, overlapTokens })}
          />
        </div>
      </SimpleGrid>
      <Loaded of={chunks}>
        {found => (
          <>
            <Text size="sm" role="status">
              {found.length.toLocaleString('en')} {found.length === 1 ? 'chunk' : 'chunks'}. A chunk never crosses a
              heading of a higher section, and a table stays whole where it fits.
            </Text>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
              {found.slice(0, shown).map(chunk => (
                <ShownChunk key={chunk.number} chunk={chunk} />
              ))}
            </SimpleGrid>
            {shown < found.length && (
              <Button variant="default" onClick={() => setShown(shown + chunksAtOnce)} style={{ alignSelf: 'center' }}>
                Show more
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  )
}

function ShownChunk({ chunk: { number, page, headings, tokens, text } }: { chunk: Chunk }) {
  return (
    <Paper withBorder p="sm" component="article" aria-label={`Chunk ${number}`}>
      <Stack gap={6}>
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed">
            {number.toLocaleString('en')}
            {page !== undefined && ` · page ${page.toLocaleString('en')}`}
          </Text>
          <Badge variant="default" tt="none" fw={500}>
            {tokens.toLocaleString('en')} tokens
          </Badge>
        </Group>
        {headings.length > 0 && (
          <Breadcrumbs separator="›" separatorMargin={6} style={{ flexWrap: 'wrap' }}>
            {headings.map((heading, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two sections may have one title
              <Text key={at} size="xs" c="dimmed">
                {heading}
              </Text>
            ))}
          </Breadcrumbs>
        )}
        <Text size="sm" className="generated-text">
          {text}
        </Text>
      </Stack>
    </Paper>
  )
}
