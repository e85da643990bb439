/** What a project is for, whether its text may leave the machine, and by what similarity is measured. */
import { Radio, Select, Stack, TagsInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { ProjectSummary } from '../../../../src/model/api/projects.ts'
import type { Project } from '../../../../src/model/project.ts'
import { useAction } from '../../api/use-endpoint.ts'
import { SettingGroup } from './setting-group.tsx'

const egressWords: Record<Project['egress'], { title: string; text: string }> = {
  none: {
    title: 'Nothing leaves this machine',
    text: 'Only models on this machine may see its text. Providers elsewhere are refused.',
  },
  redacted: {
    title: 'Personal data is replaced first',
    text: 'Names, addresses, numbers and secrets that are found become placeholders before text is sent; replies are filled in again here. What is not found goes as it is.',
  },
  allowed: {
    title: 'Text may be sent as it is',
    text: 'To the providers that are assigned to the project, and nobody else.',
  },
}

export function GeneralSettings({ summary: { project, providers } }: { summary: ProjectSummary }) {
  const stored = {
    instructions: project.instructions,
    egress: project.egress,
    embedder: project.embedder ?? '',
    fields: project.fields ?? [],
  }
  const [value, setValue] = useState(stored)
  const save = useAction('updateProject', { changes: ['listProjects', 'showProject', 'projectSettings'] })
  return (
    <SettingGroup
      title="What it is for, and who may see it"
      save={{
        changed: JSON.stringify(value) !== JSON.stringify(stored),
        saving: save.isPending,
        saved: save.isSuccess,
        error: save.error,
        onSave: () => save.mutate({ params: { project: project.name }, body: value }),
      }}
    >
      <Textarea
        label="Instructions"
        description="What the data is for, in a sentence or two. A model that grows records may be shown them."
        autosize
        minRows={2}
        maxRows={12}
        value={value.instructions}
        onChange={({ currentTarget }) => setValue({ ...value, instructions: currentTarget.value })}
      />
      {project.kind === 'records' && (
        <TagsInput
          label="Fields"
          description="Names of the fields of a record, offered where records are made. Enter adds one."
          value={value.fields}
          onChange={fields => setValue({ ...value, fields })}
        />
      )}
      <Radio.Group
        label="Egress"
        description="Whether text of this project may leave the machine."
        value={value.egress}
        onChange={egress => setValue({ ...value, egress: egress as Project['egress'] })}
      >
        <Stack gap="xs" mt="xs">
          {(Object.keys(egressWords) as Project['egress'][]).map(egress => (
            <Radio
              key={egress}
              value={egress}
              label={egressWords[egress].title}
              description={egressWords[egress].text}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Select
        label="Embedder"
        description="The provider that tells how alike texts are. Without one, words are counted (TF-IDF), here on this machine."
        placeholder="None: words are counted"
        data={[...new Set([...providers, ...(project.embedder ? [project.embedder] : [])])]}
        value={value.embedder || null}
        clearable
        disabled={providers.length === 0 && !project.embedder}
        maw={420}
        onChange={embedder => setValue({ ...value, embedder: embedder ?? '' })}
      />
    </SettingGroup>
  )
}
