/** Starting the run of a recipe that may still be under check when somebody wants to grow. */
import { useEffect, useState } from 'react'
import type { CheckedRecipe } from '../../../../src/model/api/grow.ts'
import type { SentTo } from '../../api/call.ts'
import { useAction } from '../../api/use-endpoint.ts'
import type { Written } from './draft.ts'

interface LaunchOptions {
  /** In place of the recipe’s, for this time. */
  target?: number
  /** A run of its own although the recipe was run before. */
  fresh?: boolean
}

interface LaunchProps {
  project: string
  recipe: Written
  checked: CheckedRecipe | undefined
  /** Whether `checked` is of this recipe. */
  settled: boolean
  onStarted: (run: string) => void
}

export interface Launch {
  /** Starts it once it is checked, if nothing is wrong with it. */
  launch(options?: LaunchOptions): void
  launching: boolean
  error: unknown
  /** What was asked for last. */
  asked: SentTo<'startRun'>['body'] | undefined
  /** Whether somebody has tried: then what is missing is told. */
  attempted: boolean
  /** How often something was started: what watches it begins anew. */
  turn: number
  /** A run that was started elsewhere is watched anew. */
  again(): void
}

export function useLaunch({ project, recipe, checked, settled, onStarted }: LaunchProps): Launch {
  const [attempted, setAttempted] = useState(false)
  const [wanted, setWanted] = useState<LaunchOptions>()
  const [turn, setTurn] = useState(0)
  const start = useAction('startRun', {
    changes: ['listRuns'],
    onDone: ({ run }) => {
      setTurn(now => now + 1)
      onStarted(run)
    },
  })
  const ready = settled && checked !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: as soon as it is wanted and checked
  useEffect(() => {
    if (!wanted || !ready) return
    setWanted(undefined)
    if (checked.problems.length > 0) return
    // What was checked is a recipe.
    const body = { recipe: { ...recipe, project }, ...wanted } as SentTo<'startRun'>['body']
    start.mutate({ params: { project }, body })
  }, [wanted, ready])
  return {
    launch(options = {}) {
      setAttempted(true)
      setWanted(options)
    },
    launching: wanted !== undefined || start.isPending,
    error: start.error,
    asked: start.variables?.body,
    attempted,
    turn,
    again: () => setTurn(now => now + 1),
  }
}
