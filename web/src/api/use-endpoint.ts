/** Reading and changing through the API in components, with one cache. */
import {
  keepPreviousData,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { EndpointName } from '../../../src/model/api.ts'
import { type AnswerOf, call, type ProblemError, type SentTo } from './call.ts'

/** What an endpoint answers, cached under its name and what was sent. */
export function useEndpoint<N extends EndpointName>(
  name: N,
  sent: SentTo<N>,
  options: { enabled?: boolean; refetchIntervalMs?: number; keepPrevious?: boolean } = {},
): UseQueryResult<AnswerOf<N>, ProblemError> {
  return useQuery<AnswerOf<N>, ProblemError>({
    queryKey: [name, sent],
    queryFn: ({ signal }) => call(name, sent, { signal }),
    ...(options.enabled !== undefined && { enabled: options.enabled }),
    ...(options.refetchIntervalMs !== undefined && { refetchInterval: options.refetchIntervalMs }),
    ...(options.keepPrevious && { placeholderData: keepPreviousData as never }),
  })
}

/** Something to do by an endpoint; what was read from those named in `changes` is read again afterwards. */
export function useAction<N extends EndpointName>(
  name: N,
  options: { changes?: EndpointName[]; onDone?: (answer: AnswerOf<N>, sent: SentTo<N>) => void } = {},
): UseMutationResult<AnswerOf<N>, ProblemError, SentTo<N>> {
  const client = useQueryClient()
  return useMutation<AnswerOf<N>, ProblemError, SentTo<N>>({
    mutationFn: sent => call(name, sent),
    onSuccess: async (answer, sent) => {
      await refresh(client, options.changes ?? [])
      options.onDone?.(answer, sent)
    },
  })
}

/** Reads again whatever was read from these endpoints. */
export async function refresh(client: QueryClient, names: EndpointName[]): Promise<void> {
  await Promise.all(names.map(name => client.invalidateQueries({ queryKey: [name] })))
}
