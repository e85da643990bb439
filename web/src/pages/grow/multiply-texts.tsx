/** One column of texts: those chosen, then those found, each to be removed or exchanged. */
import { ActionIcon, Badge, Button, Group, Paper, Spoiler, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconPlus, IconReplace, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ShownText } from '../../../../src/model/api/previews.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'

export interface ColumnText extends ShownText {
  /** Found by the generator, not chosen by a person. */
  found: boolean
}

interface TextColumnProps {
  title: string
  lead: ReactNode
  texts: ColumnText[]
  /** Shown where there is none. */
  empty: string
  /** Labels are told where they differ from text to text. */
  colourOf?: (label: string) => string
  onRemove?: (at: number) => void
  onExchange?: (at: number) => void
  onAdd?: () => void
  /** What brings back what the generator finds. */
  footer?: ReactNode
}

export function TextColumn(props: TextColumnProps) {
  const { title, lead, texts, empty, colourOf, onRemove, onExchange, onAdd, footer } = props
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Title order={3} size="h5">
          {title}
        </Title>
        {onAdd && (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={onAdd}
            aria-label={`Add to ${title.toLowerCase()}`}
          >
            Add
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {lead}
      </Text>
      {texts.length === 0 && (
        <Text size="sm" c="dimmed" fs="italic">
          {empty}
        </Text>
      )}
      {texts.length > 0 && (
        <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {texts.map((shown, at) => (
            <Paper key={`${shown.id} ${shown.text}`} component="li" withBorder px="sm" py={6}>
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
                  <Spoiler maxHeight={110} showLabel="Show all" hideLabel="Show less" transitionDuration={0}>
                    <Text size="sm" className="generated-text">
                      {shown.text}
                    </Text>
                  </Spoiler>
                  <Group gap={6}>
                    {!shown.found && (
                      <Badge size="sm" variant="default" tt="none" fw={500}>
                        {shown.id === null ? 'written' : 'chosen'}
                      </Badge>
                    )}
                    {colourOf &&
                      shown.labels.map(label => <LabelBadge key={label} label={label} colour={colourOf(label)} />)}
                    {shown.predicted !== undefined && (
                      <Text size="xs" c="dimmed">
                        taken for {shown.predicted}
                      </Text>
                    )}
                  </Group>
                </Stack>
                {onExchange && (
                  <Tooltip label="Exchange">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      onClick={() => onExchange(at)}
                      aria-label={`Exchange “${brief(shown.text)}”`}
                    >
                      <IconReplace size={16} />
                    </ActionIcon>
                  </Tooltip>
                )}
                {onRemove && (
                  <Tooltip label="Remove">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      onClick={() => onRemove(at)}
                      aria-label={`Remove “${brief(shown.text)}”`}
                    >
                      <IconX size={16} />
                    </ActionIcon>
                  </Tooltip>
                )}
              </Group>
            </Paper>
          ))}
        </Stack>
      )}
      {footer}
    </Stack>
  )
}

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
