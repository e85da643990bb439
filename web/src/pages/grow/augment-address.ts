/** The trial whose failed tests are augmented by: from the address at first, then as the parameters name its file of ids. */
import { useEffect, useState } from 'react'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { useAddress } from './panel-address.ts'
import type { PanelProps } from './panels.ts'

/** As the generator has it, of the records there are. */
const usualMost = 0.5

/** What failed there is put into the parameters once; `most` bounds the new records of all tests together. */
export function useTrial({ project, params, onChange }: Pick<PanelProps, 'project' | 'params' | 'onChange'>) {
  const address = useAddress('trial')
  const [most, setMost] = useState(usualMost)
  const trial = address.value ?? trialIn(params)
  const found = useEndpoint(
    'augmentationOfTrial',
    { params: { project, trial: trial ?? '' }, body: { maxProportion: most } },
    { enabled: trial !== undefined, keepPrevious: true },
  )
  const { data } = found
  const isNew =
    address.value !== undefined && data?.trial.startsWith(address.value) === true && !found.isPlaceholderData
  const take = (chosen: Record<string, unknown>) => {
    const { tests: _, split: __, leaveOut: ___, ...rest } = params
    onChange({ ...rest, ...chosen })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is known
  useEffect(() => {
    if (!isNew) return
    take(data!.params)
    address.set(undefined)
  }, [isNew])
  return {
    trial,
    found,
    most,
    /** Shares anew under another bound. */
    setMost: (next: number) => {
      setMost(next)
      address.set(trial)
    },
    choose: (next: string | undefined) => {
      if (next === undefined) take({})
      else address.set(next)
    },
  }
}

/** From the path of the file that names the records tested on. */
function trialIn({ leaveOut }: Record<string, unknown>): string | undefined {
  return typeof leaveOut === 'string' ? /\/trials\/([^/]+)\/augmented\//.exec(leaveOut)?.[1] : undefined
}
