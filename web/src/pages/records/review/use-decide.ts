/** Decides on records through the queue, and says what was decided. */
import { useCallback, useRef, useState } from 'react'
import type { Decision } from '../../../../../src/model/decision.ts'
import { textOf } from '../../../../../src/model/record.ts'
import type { StudioRecord } from '../record-types.ts'
import { isAsDecided } from './applied.ts'
import { useRefusals, useReview } from './review-queue.ts'
import { Said } from './said.ts'

/** As many as the server takes at once. */
const mostAtOnce = 500

export function useDecide(project: string) {
  const { queue, steps } = useReview()
  const [said] = useState(() => new Said())
  const say = useCallback((text: string) => said.say(text), [said])
  useRefusals((work, { title, hint }) => {
    const what = work.kind === 'undo' ? `Taking back “${work.of.title}”` : work.title
    say(`${what} was not stored: ${title} ${hint}`)
  })
  /** The records as they are shown; a decision each may have several. What is so already is left out. */
  const decide = useRef(
    (records: StudioRecord[], of: (record: StudioRecord) => Decision[], did: string, at?: number) => {
      let count = 0
      for (let i = 0; i < records.length; i += mostAtOnce) {
        const part = records.slice(i, i + mostAtOnce)
        const decisions = part.flatMap(record => of(record).filter(decision => !isAsDecided(record, decision)))
        if (decisions.length === 0) continue
        const named = new Set(decisions.map(({ record }) => record))
        const before = part.filter(({ id }) => named.has(id))
        const [first] = before
        const title =
          records.length === 1 && first ? `${did} “${excerptOf(first)}”` : `${did} ${countOf(records.length)}`
        const work = {
          ...{ kind: 'decide' as const, project, decisions, before, title },
          seen: Object.fromEntries(before.map(({ id, version }) => [id, version])),
          ...(at !== undefined && { at }),
        }
        queue.add(work)
        steps.push(work)
        count += before.length
      }
      const [only] = records
      if (count === 0)
        say(only && records.length === 1 ? `“${excerptOf(only)}” is so already.` : 'They are so already.')
      else say(`${steps.at(-1)?.title ?? did}. z takes it back.`)
    },
  ).current
  /** Takes the last decision of this tab back; its place in the list, where it has one. */
  const undo = useCallback((): number | undefined => {
    const place = steps.findLastIndex(step => step.project === project)
    const [last] = place < 0 ? [] : steps.splice(place, 1)
    if (!last) say('Nothing was decided here yet that could be taken back.')
    else {
      queue.add({ kind: 'undo', project: last.project, of: last })
      say(`Taken back: ${last.title}.`)
    }
    return last?.at
  }, [queue, steps, say, project])
  return { decide, undo, say, said, queue }
}

function countOf(count: number): string {
  return `${count.toLocaleString('en')} records`
}

function excerptOf(record: StudioRecord): string {
  const text = textOf(record).replaceAll(/\s+/g, ' ')
  return text.length > 60 ? `${text.slice(0, 58)}…` : text
}
