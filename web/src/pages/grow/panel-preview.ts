/** A preview that follows what a person types, once they pause. */
import { useDebouncedValue } from '@mantine/hooks'
import type { UseQueryResult } from '@tanstack/react-query'
import type { EndpointName } from '../../../../src/model/api.ts'
import type { Json } from '../../../../src/model/json.ts'
import type { AnswerOf, ProblemError, SentTo } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'

const pauseMs = 350

/** `sent` undefined: there is nothing to preview yet. `isBehind`: what is shown is of earlier parameters. */
export function usePreview<N extends EndpointName>(
  name: N,
  sent: SentTo<N> | undefined,
): UseQueryResult<AnswerOf<N>, ProblemError> & { isBehind: boolean } {
  const written = sent === undefined ? '' : JSON.stringify(sent)
  const [settled] = useDebouncedValue(written, pauseMs)
  const given = settled === '' ? ({} as SentTo<N>) : (JSON.parse(settled) as SentTo<N>)
  const result = useEndpoint(name, given, { enabled: settled !== '', keepPrevious: true })
  return { ...result, isBehind: result.isPlaceholderData || settled !== written }
}

/** Parameters as a preview is sent them, without those that it does not depend on. */
export function sentParams(params: Record<string, unknown>, without: readonly string[] = []): Record<string, Json> {
  const kept = Object.entries(params).filter(([name]) => !without.includes(name))
  return Object.fromEntries(kept) as Record<string, Json>
}
