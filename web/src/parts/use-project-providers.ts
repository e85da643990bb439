/** The providers that a project may use. */
import type { ShownProvider } from '../../../src/model/api/providers.ts'
import { useEndpoint } from '../api/use-endpoint.ts'

export interface ProjectProviders {
  providers: ShownProvider[]
  /** Those of other projects, which could be assigned. */
  others: ShownProvider[]
  /** Whether the answer is here. */
  ready: boolean
}

export function useProjectProviders(project: string): ProjectProviders {
  const { data } = useEndpoint('listProviders', {})
  const isOwn = ({ projects }: ShownProvider) => projects.includes(project)
  return {
    providers: (data ?? []).filter(isOwn),
    others: (data ?? []).filter(provider => !isOwn(provider)),
    ready: data !== undefined,
  }
}
