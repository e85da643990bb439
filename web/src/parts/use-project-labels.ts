/** The labels of a project, in the order of their numbers. */
import { useMemo } from 'react'
import type { Project } from '../../../src/model/project.ts'
import { useEndpoint } from '../api/use-endpoint.ts'

interface ProjectLabels {
  kind: Project['kind'] | undefined
  /** The project's list, else those in use, the most frequent first. */
  labels: string[]
  /** Whether there are no others. */
  closed: boolean
}

export function useProjectLabels(project: string): ProjectLabels {
  const { data: settings } = useEndpoint('projectSettings', { params: { project } })
  const closed = settings !== undefined && settings.labels.length > 0
  const { data: facets } = useEndpoint(
    'recordFacets',
    { params: { project } },
    { enabled: settings !== undefined && !closed },
  )
  return useMemo(
    () => ({
      kind: settings?.kind,
      labels: closed ? settings.labels : (facets?.labels.map(({ name }) => name).filter(name => name !== '') ?? []),
      closed,
    }),
    [settings, facets, closed],
  )
}
