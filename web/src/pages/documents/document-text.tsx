/** The text of a document as it was read, with its headings and pages. Markdown stays text: nothing of it becomes HTML. */
import { Anchor, Box, Divider, Group, Select, Text, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { type Block, documentBlocks } from './document-blocks.ts'
import styles from './document-text.module.css'

/** Blocks that are shown at once; the rest of a long document comes when asked for. */
const blocksAtOnce = 400

export function DocumentText({ markdown, pageStarts }: { markdown: string; pageStarts: number[] }) {
  const blocks = useMemo(() => documentBlocks(markdown, pageStarts), [markdown, pageStarts])
  const [from, setFrom] = useState(0)
  const shown = blocks.slice(from, from + blocksAtOnce)
  const headings = blocks.flatMap((block, at) => (block.kind === 'heading' ? [{ ...block, at }] : []))
  return (
    <div>
      {headings.length > 2 && (
        <Select
          label="Go to"
          placeholder="A heading"
          searchable
          maw={480}
          mb="md"
          limit={200}
          value={null}
          data={headings.map(({ text, level, at }) => ({
            value: String(at),
            label: `${'\u2003'.repeat(level - 1)}${text}`,
          }))}
          onChange={chosen => {
            if (chosen === null) return
            const at = Number(chosen)
            if (at < from || at >= from + blocksAtOnce) setFrom(at)
            requestAnimationFrame(() => document.getElementById(`block-${at}`)?.scrollIntoView({ block: 'start' }))
          }}
        />
      )}
      {from > 0 && (
        <Anchor component="button" type="button" onClick={() => setFrom(Math.max(0, from - blocksAtOnce))}>
          Earlier text
        </Anchor>
      )}
      <Box className={styles.text} tabIndex={0} role="region" aria-label="Text of the document">
        {shown.map((block, at) => (
          <ShownBlock key={block.start} block={block} id={`block-${from + at}`} />
        ))}
      </Box>
      {from + blocksAtOnce < blocks.length && (
        <Group justify="space-between">
          <Anchor component="button" type="button" onClick={() => setFrom(from + blocksAtOnce)}>
            Later text
          </Anchor>
          <Text size="sm" c="dimmed">
            {Math.round((100 * (from + blocksAtOnce)) / blocks.length)} % so far
          </Text>
        </Group>
      )}
    </div>
  )
}

function ShownBlock({ block: { kind, level, text, page }, id }: { block: Block; id: string }) {
  return (
    <div id={id}>
      {page !== undefined && <Divider label={`page ${page.toLocaleString('en')}`} labelPosition="right" my="xs" />}
      {kind === 'heading' ? (
        // One below the page’s own.
        <Title
          order={Math.min(6, level + 1) as 2}
          size={level < 3 ? 'h4' : 'h5'}
          className={`${styles.heading} generated-text`}
        >
          {text}
        </Title>
      ) : kind === 'literal' ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also by keyboard
        <pre className={styles.literal} tabIndex={0}>
          {text}
        </pre>
      ) : (
        <p className="generated-text">{text}</p>
      )}
    </div>
  )
}
