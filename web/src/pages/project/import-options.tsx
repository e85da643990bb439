/** What else is said of all the rows of an import. */
import { Checkbox, Group, Select, SimpleGrid, Stack, TagsInput } from '@mantine/core'
import type { ShownPeek } from '../../../../src/model/api/imports.ts'
import type { Project } from '../../../../src/model/project.ts'
import type { Split } from '../../../../src/model/record.ts'
import { LabelBadge } from '../../parts/label-badge.tsx'
import { useLabelColours } from '../../parts/use-label-colours.ts'
import { Section } from './section.tsx'

export interface ImportOptionsValue {
  split: Split
  tags: string[]
  /** Undefined: nobody said. */
  addLabels: boolean | undefined
}

interface ImportOptionsProps {
  name: string
  peek: ShownPeek
  project: Project | undefined
  value: ImportOptionsValue
  onChange: (value: ImportOptionsValue) => void
}

const labelsShown = 12

export function ImportOptions({ name, peek: { newLabels }, project, value, onChange }: ImportOptionsProps) {
  const colours = useLabelColours(name)
  const closed = (project?.labels.length ?? 0) > 0
  const noun = project?.kind === 'entities' ? 'entity types' : 'labels'
  return (
    <Section title="For all rows">
      <Stack gap="md">
        {newLabels.length > 0 && (
          <Stack gap={6}>
            <Checkbox
              label={`Put new ${noun} on the project’s list`}
              description={
                closed
                  ? `The list does not have these. Without this, their rows are left out.`
                  : `The project has no list yet. With one, what is grown keeps to it.`
              }
              checked={value.addLabels ?? false}
              onChange={({ currentTarget }) => onChange({ ...value, addLabels: currentTarget.checked })}
            />
            <Group gap={6} pl={32}>
              {newLabels.slice(0, labelsShown).map(label => (
                <LabelBadge key={label} label={label} colour={colours(label)} />
              ))}
              {newLabels.length > labelsShown && `and ${newLabels.length - labelsShown} more`}
            </Group>
          </Stack>
        )}
        <SimpleGrid cols={{ base: 1, xs: 2 }} maw={720}>
          <Select
            label="Split of rows that name none"
            description="Test and validation are held out"
            data={['train', 'validation', 'test']}
            value={value.split}
            allowDeselect={false}
            onChange={split => onChange({ ...value, split: split as Split })}
          />
          <TagsInput
            label="Tags"
            description="Added to each record; Enter adds one"
            value={value.tags}
            onChange={tags => onChange({ ...value, tags })}
          />
        </SimpleGrid>
      </Stack>
    </Section>
  )
}
