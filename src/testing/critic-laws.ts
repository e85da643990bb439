/** The laws of a critic: verdicts that are the same whenever they are reached, and that say why. */
import assert from 'node:assert/strict'
import type { AnyCritic, PureVerdict } from '../engine/define.ts'
import type { Json } from '../model/json.ts'
import type { Candidate } from '../model/run.ts'
import type { Law } from './law.ts'
import {
  type CandidateInput,
  candidatesOf,
  lawOf,
  type PluginSubject,
  planContext,
  projectOf,
  recipeLaws,
  recordsOf,
  stored,
} from './plugin-law.ts'
import { scriptedAsk } from './scripted-ask.ts'

export interface CriticSubject extends PluginSubject {
  critic: AnyCritic
  /** Judged beside the records' own texts and strange ones; the critic must reject one candidate at least. */
  candidates?: CandidateInput[]
}

/** To be run as tests: `it.each(criticLaws({ critic, params: [{ … }] }))('$title', ({ check }) => check())`. */
export function criticLaws(subject: CriticSubject): Law[] {
  const { critic } = subject
  const law = (title: string, holds: (params: unknown) => Promise<void>) => lawOf(subject, title, holds)

  return [
    ...recipeLaws(critic, subject.params),

    law('it freezes nothing but JSON, the same each time', async params => {
      const material = await planned(subject, params)
      assert.deepEqual(stored(material), material, 'the material changes when it is stored as JSON')
      assert.deepEqual(await planned(subject, params), material)
    }),

    law('it gives the same verdict whenever it is opened, whatever it judged before', async params => {
      const used = await opened(subject, params)
      for (const candidate of candidatesOf(subject)) {
        const verdict = await used(structuredClone(candidate))
        assert.deepEqual(await (await opened(subject, params))(structuredClone(candidate)), verdict)
      }
    }),

    law('it leaves the candidate as it is', async params => {
      const judge = await opened(subject, params)
      for (const candidate of candidatesOf(subject)) {
        const before = structuredClone(candidate)
        await judge(candidate)
        assert.deepEqual(candidate, before)
      }
    }),

    ...(critic.phase === 'pure'
      ? [
          law('it mends whole: nothing is left to mend or to reject in what it revised', async params => {
            const judge = await opened(subject, params)
            for (const candidate of candidatesOf(subject)) {
              const { revised } = await judge(structuredClone(candidate))
              if (!revised) continue
              const again = await judge({ ...structuredClone(candidate), ...structuredClone(revised) })
              assert.ok(again.pass, again.reason)
              assert.equal(again.revised, undefined)
            }
          }),
        ]
      : []),

    {
      title: 'it signs its verdicts with its kind and gives a reason with each rejection',
      async check() {
        let rejections = 0
        for (const params of subject.params) {
          const judge = await opened(subject, params)
          for (const candidate of candidatesOf(subject)) {
            const verdict = await judge(candidate)
            assert.equal(verdict.critic, critic.kind)
            if (!verdict.pass) rejections++
            assert.ok(verdict.pass || verdict.reason?.trim(), `no reason: ${JSON.stringify(candidate.fields)}`)
          }
        }
        assert.ok(rejections > 0, 'it rejects nothing: give `candidates` (or `replies`) that make it')
      },
    },

    ...(critic.phase === 'known'
      ? [
          law('it looks at nothing learned with a later sequence number than it is told', async params => {
            const records = recordsOf(subject).length
            for (let known = 0; known < records; known++) {
              const all = await opened(subject, params, { records, known })
              const earlier = await opened(subject, params, { records: known + 1, known })
              for (const candidate of candidatesOf(subject))
                assert.deepEqual(await all(structuredClone(candidate)), await earlier(structuredClone(candidate)))
            }
          }),
        ]
      : []),
  ]
}

async function planned(subject: CriticSubject, given: unknown): Promise<Json> {
  const params = subject.critic.params.parse(given)
  return (await subject.critic.plan?.({ ...planContext(subject), params, cells: cellsOf(subject) })) ?? null
}

/** As a run opens it; a critic of what is known has learned the first `records`, each with its place as sequence number. */
async function opened(
  subject: CriticSubject,
  given: unknown,
  { records: most, known } = { records: Number.POSITIVE_INFINITY, known: Number.MAX_SAFE_INTEGER },
): Promise<(candidate: Candidate) => Promise<PureVerdict>> {
  const { critic } = subject
  const material = stored(await planned(subject, given))
  const context = { params: critic.params.parse(given), material, project: projectOf(subject), cells: cellsOf(subject) }
  if (critic.phase === 'pure') {
    const judge = critic.open(context)
    return async candidate => judge.judge(candidate)
  }
  if (critic.phase === 'model') {
    const judge = critic.open(context)
    return candidate => judge.judge(candidate, scriptedAsk(subject.replies).ask)
  }
  const judge = critic.open(context)
  for (const [sequence, record] of recordsOf(subject).slice(0, most).entries()) judge.learn(record, sequence)
  return async candidate => judge.judge(candidate, known)
}

const cellsOf = (subject: CriticSubject) => [...new Set(['all', ...recordsOf(subject).map(({ cell }) => cell)])]
