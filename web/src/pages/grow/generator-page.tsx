/** Growing with one generator. */
import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { GrowthFrame } from './growth-frame.tsx'
import { growthOf } from './growths.ts'

export function GeneratorPage() {
  const { project, generator: kind } = useParams({ from: '/shell/p/$project/grow/$generator' })
  const generators = useEndpoint('listGenerators', {})
  const critics = useEndpoint('listCritics', {})
  const generator = generators.data?.find(each => each.kind === kind)
  if (generator && critics.data) {
    return <GrowthFrame key={`${project} ${kind}`} project={project} generator={generator} critics={critics.data} />
  }
  return (
    <Page title={growthOf(kind)?.title ?? 'Grow'}>
      <Loaded of={generators}>
        {() =>
          generator ? (
            <Loaded of={critics}>{() => null}</Loaded>
          ) : (
            <EmptyState
              title={`There is no generator “${kind}”.`}
              action={
                <Button component={Link} to={`/p/${project}/grow`}>
                  See what can be grown
                </Button>
              }
            >
              Plug-ins are named in the workspace’s cultivar.yaml.
            </EmptyState>
          )
        }
      </Loaded>
    </Page>
  )
}
