/** A simulation: watched while it runs, and kept as a set of tables. */
import { Anchor, Skeleton, Stack } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { builtInSimulations } from '../../../../src/simulations/built-in.ts'
import { addressOf } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { usePageSearch } from '../../parts/use-page-search.ts'
import { NotFound } from '../../shell/not-found.tsx'
import { SimulationView } from '../../simulation/simulation-view.tsx'
import { KeepRun } from './keep-run.tsx'
import { parametersOf, searchOf, simulationSearch, usualSeed } from './simulation-search.ts'

export function SimulationPage() {
  const { project, simulation: name = '' } = useParams({ strict: false })
  const known = builtInSimulations.find(simulation => simulation.name === name)
  const own = useEndpoint('listOwnSimulations', {})
  const ofOwn = own.data?.find(simulation => simulation.name === name)
  const shown = known ?? ofOwn
  if (!shown) {
    if (own.isPending) return <Skeleton h={400} />
    return own.error ? <ProblemNotice error={own.error} /> : <NotFound />
  }
  const source = ofOwn
    ? { name, moduleUrl: addressOf('ownSimulationModule', { params: { simulation: name, module: ofOwn.module } }) }
    : { name }
  return (
    <Page
      title={name}
      lead={shown.summary}
      actions={
        <Anchor component={Link} to={project === undefined ? '/simulations' : `/p/${project}/simulations`} size="sm">
          All simulations
        </Anchor>
      }
    >
      <Watched key={name} source={source} project={project} isOwn={ofOwn !== undefined} usualSteps={known?.steps} />
    </Page>
  )
}

interface WatchedProps {
  source: { name: string; moduleUrl?: string }
  project: string | undefined
  isOwn: boolean
  usualSteps: number | undefined
}

function Watched({ source, project, isOwn, usualSteps }: WatchedProps) {
  const [search, change] = usePageSearch(simulationSearch)
  // What the page was opened with; from then on the view knows better.
  const [start] = useState(() => ({ parameters: parametersOf(search), seed: search.seed ?? usualSeed }))
  const shown = JSON.stringify(search)
  return (
    <Stack gap="lg">
      <SimulationView
        source={source}
        parameters={start.parameters}
        seed={start.seed}
        onChange={({ parameters, seed }) => {
          const next = searchOf(parameters, seed)
          // It is told of each step, too.
          if (JSON.stringify(simulationSearch.parse(next)) !== shown) change(next)
        }}
      />
      {project !== undefined && !isOwn && (
        <KeepRun
          project={project}
          simulation={source.name}
          parameters={parametersOf(search)}
          seed={search.seed ?? usualSeed}
          usualSteps={usualSteps ?? 100}
        />
      )}
    </Stack>
  )
}
