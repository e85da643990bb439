/** Grows more of the same run; the teacher is told what was disliked. */
import { Button, NumberInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { RunView } from '../../../../src/model/api/run-shapes.ts'
import { useAction, useEndpoint } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { grownMore } from './grown-more.ts'

interface RunMoreProps {
  view: RunView
  disliked: number
  onMore: () => void
}

export function RunMore({ view, disliked, onMore }: RunMoreProps) {
  const [count, setCount] = useState<number | string>('')
  const resume = useAction('resumeRun', { changes: ['listRuns', 'forecastRecipe'], onDone: onMore })
  const { data: session } = useEndpoint('session', {})
  const wanted = typeof count === 'number' ? count : Math.max(disliked, 10)
  if (session?.role === 'reviewer') return null
  return (
    <>
      <NumberInput
        aria-label="How many more"
        placeholder={String(wanted)}
        value={count}
        onChange={setCount}
        min={1}
        allowDecimal={false}
        allowNegative={false}
        w={84}
      />
      <Button
        variant="default"
        leftSection={<IconPlus size={16} />}
        loading={resume.isPending}
        onClick={() => resume.mutate({ params: { run: view.id }, body: { target: grownMore(view, wanted) } })}
      >
        More
      </Button>
      <ProblemNotice error={resume.error} />
    </>
  )
}
