/** All projects of the workspace, and a new one. */
import { Button, SimpleGrid, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { NewProject } from './new-project.tsx'
import { ProjectCard } from './project-card.tsx'

/** With more, one wants to search. */
const manyProjects = 8

export function ProjectsPage() {
  const projects = useEndpoint('listProjects', {})
  const [opened, { open, close }] = useDisclosure(false)
  const [search, setSearch] = useState('')
  const create = (
    <Button leftSection={<IconPlus size={18} />} onClick={open}>
      New project
    </Button>
  )
  return (
    <Page
      title="Projects"
      lead="One project for each dataset: its labels, its records, what is grown for it."
      actions={projects.data && projects.data.length > 0 && create}
    >
      <Loaded of={projects}>
        {found =>
          found.length === 0 ? (
            <EmptyState title="There is no project yet." action={create}>
              A project is one dataset. Make it, then bring a few examples, or describe what you need; Cultivar grows
              the rest, and you decide what stays.
            </EmptyState>
          ) : (
            <>
              {found.length > manyProjects && (
                <TextInput
                  aria-label="Find a project"
                  placeholder="Find a project"
                  leftSection={<IconSearch size={16} />}
                  maw={360}
                  value={search}
                  onChange={({ currentTarget }) => setSearch(currentTarget.value)}
                />
              )}
              <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
                {found
                  .filter(({ project }) => project.name.includes(search.trim().toLowerCase()))
                  .toSorted((a, b) => b.lastMs - a.lastMs)
                  .map(summary => (
                    <ProjectCard key={summary.project.name} summary={summary} />
                  ))}
              </SimpleGrid>
            </>
          )
        }
      </Loaded>
      <NewProject opened={opened} onClose={close} taken={(projects.data ?? []).map(({ project }) => project.name)} />
    </Page>
  )
}
