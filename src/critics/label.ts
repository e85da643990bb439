/** Critic `label`: a second opinion, which does not know the label claimed, must come to the same one. */
import { z } from 'zod'
import { defineCritic } from '../engine/define.ts'
import { labelList } from '../text/label-list.ts'
import { askingParams } from './asking-params.ts'
import { labelPrompt } from './label.prompt.ts'
import { type LabelMaterial, labelMaterial } from './label-material.ts'
import { labelQuestion, type Opinion } from './label-question.ts'

const params = z.strictObject({
  labels: labelList(z.string().trim().min(1))
    .default([])
    .describe(
      'Labels to choose from: names, or { label, meaning }; none: those of the project, else the run’s and those of its records',
    ),
  examples: z.int().min(0).max(10).default(3).describe('Training records of each label shown as examples of it'),
  shown: z
    .int()
    .min(2)
    .max(100)
    .default(12)
    .describe('Most labels shown: of a longer list, those closest to the one claimed, and others'),
  accept: z
    .int()
    .min(1)
    .max(10)
    .default(1)
    .describe('First choices among which the label may be: 2 or 3 where labels lie close'),
  multiple: z
    .boolean()
    .optional()
    .describe('Whether a text may have several labels; default: whether training records have'),
  fields: z
    .array(z.string())
    .default([])
    .describe('Fields shown; none: `text`, or where there is none, every field that does not hold a label'),
  explain: z.boolean().default(true).describe('Ask for a sentence that says why: a better answer, for more tokens'),
  ...askingParams(300),
})

/**
 * With one label, it must be among the first `accept` choices. Where texts have several, all of them must be named, and fewer than
 * `accept` others. A candidate without a label has none to check, and passes.
 */
export const label = defineCritic({
  kind: 'label',
  summary: 'Asks a model which label a text has, without saying which is claimed, and rejects where they differ',
  params,
  phase: 'model',
  prompts: [labelPrompt.id],
  plan: context => labelMaterial(context),
  open(context) {
    const question = labelQuestion(context)
    const { multiple } = context.material as LabelMaterial
    return {
      preview: question,
      async judge(candidate, ask) {
        const { labels } = candidate
        if (labels.length === 0) return { critic: 'label', pass: true, reason: 'no label to check' }
        const answer = await ask(question(candidate))
        const calls = [answer.call]
        if (answer.kind === 'refused') {
          return { critic: 'label', pass: false, reason: 'the second opinion was refused', calls }
        }
        const extras = multiple || labels.length > 1 ? context.params.accept - 1 : undefined
        return { critic: 'label', ...compared(labels, answer.value, extras), calls }
      },
    }
  },
})

/** `extras`: how many labels more than those claimed the opinion may hold; absent where only the first choices were asked for. */
function compared(claimed: readonly string[], { choices, reason }: Opinion, extras: number | undefined) {
  const missing = claimed.some(label => !choices.includes(label))
  const others = choices.filter(label => !claimed.includes(label))
  const pass = !missing && (extras === undefined || others.length <= extras)
  const said = choices.length > 0 ? quotedList(choices) : 'that no label fits'
  const why = reason && `: ${reason}`
  return {
    pass,
    reason: `the second opinion is ${said}${pass ? '' : `, the label ${quotedList(claimed)}`}${why}`,
  }
}

function quotedList(labels: readonly string[]): string {
  return labels.map(label => `“${label}”`).join(', ')
}
