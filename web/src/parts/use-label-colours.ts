/** The colours of a project’s labels. */
import { useCallback } from 'react'
import { labelColour } from '../../../src/model/label-colours.ts'
import { useEndpoint } from '../api/use-endpoint.ts'

const none = { labels: [] }

/** As `#rrggbb`; until the project is known, colours follow from the names. */
export function useLabelColours(project: string): (label: string) => string {
  const { data = none } = useEndpoint('projectSettings', { params: { project } })
  return useCallback((label: string) => labelColour(label, data), [data])
}
