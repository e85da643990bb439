/** A dataset card as a page: its headings, tables, lists and code. Its Markdown becomes text, never HTML. */
import { Code, List, Stack, Table, Text, Title } from '@mantine/core'
import { documentBlocks } from '../documents/document-blocks.ts'

export function CardText({ markdown }: { markdown: string }) {
  const { head, body } = parted(markdown)
  return (
    <Stack gap="sm">
      {documentBlocks(body, []).map(({ kind, level, text, start }) =>
        kind === 'heading' ? (
          <Title key={start} order={Math.min(6, level + 1) as 2} size={level < 3 ? 'h4' : 'h5'} mt="xs">
            <Inline text={text} />
          </Title>
        ) : kind === 'text' ? (
          <Lines key={start} lines={text.split('\n')} />
        ) : text.trimStart().startsWith('|') ? (
          <Rows key={start} lines={text.split('\n')} />
        ) : (
          <Code key={start} block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {text}
          </Code>
        ),
      )}
      {head !== '' && (
        <details>
          <summary>What Hugging Face reads of it</summary>
          <Code block mt="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {head}
          </Code>
        </details>
      )}
    </Stack>
  )
}

/** The YAML before the text, and the text. */
function parted(markdown: string): { head: string; body: string } {
  const [, head = '', body = markdown] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(markdown) ?? []
  return { head, body }
}

function Lines({ lines }: { lines: string[] }) {
  if (!lines.every(line => line.startsWith('- ')))
    return (
      <Text size="sm" maw={760} style={{ overflowWrap: 'anywhere' }}>
        <Inline text={lines.join(' ')} />
      </Text>
    )
  return (
    <List size="sm" maw={760}>
      {lines.map(line => (
        <List.Item key={line}>
          <Inline text={line.slice(2)} />
        </List.Item>
      ))}
    </List>
  )
}

function Rows({ lines }: { lines: string[] }) {
  const rows = lines.filter(line => !/^\|[\s|:-]+\|$/.test(line)).map(cellsOf)
  const [head = [], ...body] = rows
  return (
    <Table.ScrollContainer minWidth={360} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table verticalSpacing={4} withTableBorder w="auto">
        <Table.Thead>
          <Table.Tr>
            {head.map(cell => (
              <Table.Th key={cell}>
                <Inline text={cell} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {body.map(cells => (
            <Table.Tr key={cells.join('|')}>
              {cells.map((cell, at) => (
                <Table.Td key={head[at]}>
                  <Inline text={cell} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** Of `| a | b |`; a bar that is meant is written `\|`. */
function cellsOf(line: string): string[] {
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim())
}

function Inline({ text }: { text: string }) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part, at) => {
    const key = `${at} ${part}`
    if (part.startsWith('`') && part.length > 2) return <Code key={key}>{part.slice(1, -1)}</Code>
    if (part.startsWith('**') && part.length > 4) return <b key={key}>{plain(part.slice(2, -2))}</b>
    return <span key={key}>{plain(part)}</span>
  })
}

function plain(text: string): string {
  return text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
}
