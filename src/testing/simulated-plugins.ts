/** The plug-ins of a simulated run: a generator and a judge whose questions the simulated model understands. */
import { z } from 'zod'
import { type AnyCritic, defineCritic, promptGenerator } from '../engine/define.ts'
import type { LanguageModel } from '../engine/ports.ts'
import type { RunPlugins } from '../engine/run-plugins.ts'
import { project as projectSchema } from '../model/project.ts'

export function simulatedPlugins(options: {
  cells: string[]
  perUnit: number
  usesFeedback: boolean
  teacher: LanguageModel
  /** Without one, nothing is judged. */
  judge: LanguageModel | undefined
  unique: AnyCritic
  /** Cell and ordinal of the units that must fail, because they failed in the history that is replayed. */
  failed: Set<string>
}): RunPlugins {
  const { cells, perUnit, usesFeedback, teacher, judge, unique, failed } = options
  const generator = promptGenerator({
    kind: 'simulated',
    summary: 'proposes texts',
    params: z.looseObject({}),
    prompts: ['simulated@1'],
    usesFeedback,
    units: () => ({ cells: cells, material: null, perUnit, notes: [] }),
    prompt: ({ cell, asks, feedback, cellOrdinal }) => {
      if (failed.has(`${cell} ${cellOrdinal}`)) throw new Error('failed in the history, fails in its replay')
      const avoid = [...feedback.kept, ...feedback.disliked].join(', ')
      return {
        prompt: 'simulated@1',
        messages: [{ role: 'user', content: `propose ${asks} of ${cell} but not ${avoid}` }],
        schema: z.object({ texts: z.array(z.string()) }),
        maxOutputTokens: 50,
      }
    },
    parse: ({ texts }) => texts.map(text => ({ fields: { text } })),
  })
  const judging = defineCritic({
    kind: 'judge',
    summary: 'judges',
    params: z.object({}),
    phase: 'model',
    open: () => ({
      judge: async (candidate, ask) => {
        const messages = [{ role: 'user' as const, content: `judge ${candidate.fields['text']}` }]
        const answer = await ask({
          prompt: 'judge@1',
          messages,
          schema: z.object({ good: z.boolean() }),
          maxOutputTokens: 20,
        })
        return { critic: 'judge', pass: answer.kind === 'reply' && answer.value.good, reason: answer.kind }
      },
    }),
  })
  return {
    project: projectSchema.parse({ name: 'grove' }),
    generator,
    params: {},
    critics: [
      { critic: unique, params: unique.params.parse({ exact: true }) },
      ...(judge ? [{ critic: judging, params: {}, model: judge }] : []),
    ],
    teacher,
  }
}
