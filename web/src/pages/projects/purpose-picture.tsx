/** What a record of each purpose looks like, as a small picture; the words beside it say the same. */
import { Box, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { labelColour } from '../../../../src/model/label-colours.ts'
import type { ProjectPurpose } from '../../../../src/model/project-purpose.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'

const list = { labels: ['refund', 'PERSON', 'CITY'] }

export function PurposePicture({ purpose }: { purpose: ProjectPurpose }) {
  return (
    <Box aria-hidden mih={64} fz="xs">
      {pictures[purpose]}
    </Box>
  )
}

const pictures: Record<ProjectPurpose, ReactNode> = {
  classification: (
    <Stack gap={6} align="flex-start">
      <Text size="xs">“My parcel came broken.”</Text>
      <LabelBadge label="refund" colour={labelColour('refund', list)} />
    </Stack>
  ),
  entities: (
    <Text size="xs" lh={2}>
      <Marked name="PERSON">Ada Byrne</Marked> lives in <Marked name="CITY">Cork</Marked>.
    </Text>
  ),
  'question-answer': (
    <Stack gap={2}>
      <Text size="xs" fw={600}>
        How long is the guarantee?
      </Text>
      <Text size="xs">Two years from the day of delivery.</Text>
    </Stack>
  ),
  chat: (
    <Stack gap={4}>
      <Bubble>Where is my order?</Bubble>
      <Group justify="flex-end">
        <Bubble>It arrives on Monday.</Bubble>
      </Group>
    </Stack>
  ),
  records: (
    <Stack gap={2}>
      {[
        ['product', 'Kettle'],
        ['stars', '4'],
        ['review', 'Boils fast, a bit loud.'],
      ].map(([name, value]) => (
        <Text key={name} size="xs">
          <Text span size="xs" c="dimmed" ff="monospace">
            {name}
          </Text>{' '}
          {value}
        </Text>
      ))}
    </Stack>
  ),
  text: (
    <Text size="xs" fs="italic">
      The pump starts at noon and runs until the tank is full …
    </Text>
  ),
}

function Marked({ name, children }: { name: string; children: string }) {
  const colour = labelColour(name, list)
  return (
    <span style={{ borderBottom: `3px solid ${colour}` }}>
      {children} <small>{name}</small>
    </span>
  )
}

function Bubble({ children }: { children: string }) {
  return (
    <Box
      px="xs"
      py={2}
      style={{ border: '1px solid var(--mantine-color-default-border)', borderRadius: 10, width: 'fit-content' }}
    >
      {children}
    </Box>
  )
}
