/** Settings of a project: its labels, what it is for, who may see its text, and its end. */
import { useParams } from '@tanstack/react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { GeneralSettings } from './general-settings.tsx'
import { LabelSettings } from './label-settings.tsx'
import { ProjectProvidersList } from './project-providers-list.tsx'
import { RemoveProject } from './remove-project.tsx'

export function ProjectSettingsPage() {
  const { project = '' } = useParams({ strict: false })
  const summary = useEndpoint('showProject', { params: { project } })
  return (
    <Page title="Project settings" lead={project}>
      <Loaded of={summary}>
        {found => (
          <>
            <LabelSettings key={`labels ${project}`} project={found.project} />
            <GeneralSettings key={`general ${project}`} summary={found} />
            <ProjectProvidersList summary={found} />
            <RemoveProject key={`remove ${project}`} summary={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
