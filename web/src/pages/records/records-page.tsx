/** Records: the list to search, review, label and edit, each with where it came from. */
import { useParams, useSearch } from '@tanstack/react-router'
import { recordSearch } from './record-search.ts'
import { RecordsView } from './records-view.tsx'

export function RecordsPage() {
  const { project = '' } = useParams({ strict: false })
  const search = recordSearch.parse(useSearch({ strict: false }))
  return <RecordsView key={project} project={project} search={search} />
}
