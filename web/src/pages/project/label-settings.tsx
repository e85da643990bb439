/** The label list of a project: names, colours, order. */
import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Project } from '../../../../src/model/project.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { type LabelList, LabelsEditor, withTyped } from './labels-editor.tsx'
import { SettingGroup } from './setting-group.tsx'

export function LabelSettings({ project }: { project: Project }) {
  const stored: LabelList = { labels: project.labels, colours: project.colours ?? {} }
  const [list, setList] = useState(stored)
  const [typed, setTyped] = useState('')
  const balance = useEndpoint('projectBalance', { params: { project: project.name }, query: {} })
  const counts = Object.fromEntries((balance.data?.rows ?? []).map(({ value, records }) => [value, records]))
  const save = useAction('updateProject', {
    changes: ['listProjects', 'showProject', 'projectSettings', 'projectBalance', 'recordFacets'],
  })
  const next = withTyped(list, typed)
  const gone = stored.labels.filter(label => !next.labels.includes(label) && (counts[label] ?? 0) > 0)
  const noun = project.kind === 'entities' ? 'entity type' : 'label'
  return (
    <SettingGroup
      title={project.kind === 'entities' ? 'Entity types' : 'Labels'}
      lead={`The list is kept in this order everywhere. With a list, imports and models keep to it; without one, every ${noun} is taken. A colour changes by a click on it.`}
      save={{
        changed: JSON.stringify(next) !== JSON.stringify(stored),
        saving: save.isPending,
        saved: save.isSuccess,
        error: save.error,
        onSave: () => {
          setList(next)
          setTyped('')
          save.mutate({ params: { project: project.name }, body: next })
        },
      }}
    >
      <LabelsEditor value={list} onChange={setList} counts={counts} noun={noun} typed={typed} onTyped={setTyped} />
      {gone.map(label => (
        <Text key={label} size="sm" role="status">
          {counts[label]!.toLocaleString('en')} {counts[label] === 1 ? 'record carries' : 'records carry'} “{label}”.
          They keep it; off the list, nothing more is grown for it and imports refuse it.
        </Text>
      ))}
    </SettingGroup>
  )
}
