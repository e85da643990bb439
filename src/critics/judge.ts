/** Critic `judge`: a model grades each candidate against a rubric. */
import { z } from 'zod'
import { type AskRequest, type CriticContext, defineCritic } from '../engine/define.ts'
import type { Candidate } from '../model/run.ts'
import { askingParams } from './asking-params.ts'
import { judgePrompt } from './judge.prompt.ts'

const sensibleRubric = `- It reads like something a real person would write or say in this setting: natural, specific, complete.
- Its label, fields and marked spans are right for what the text says, and clearly so.
- It serves the purpose of the dataset, contradicts neither itself nor common knowledge, and is not a template or a stub.`

const params = z
  .strictObject({
    rubric: z.string().trim().min(1).default(sensibleRubric).describe('What makes a record good, in your words'),
    scale: z.int().min(2).max(10).default(3).describe('Highest grade; the lowest is 1'),
    keep: z
      .int()
      .min(1)
      .optional()
      .describe('Lowest grade that is kept; default: the upper half of the scale (2 of 3, 3 of 5, 6 of 10)'),
    explain: z.boolean().default(true).describe('Ask for a sentence that says why: a better grade, for more tokens'),
    ...askingParams(300),
  })
  .refine(({ scale, keep }) => keep === undefined || keep <= scale, {
    message: '`keep` must not exceed `scale`',
    path: ['keep'],
  })
type Params = z.infer<typeof params>

/** Longer label lists are left out of the prompt: they would cost more than they tell. */
const mostLabels = 50

interface Grade {
  explanation?: string
  score: number
}

export const judge = defineCritic({
  kind: 'judge',
  summary: 'Asks a model to grade each candidate against a rubric and keeps those graded high enough',
  params,
  phase: 'model',
  prompts: [judgePrompt.id],
  open(context) {
    const { scale, keep = Math.ceil((scale + 1) / 2) } = context.params
    const request = requestFor(context)
    return {
      preview: request,
      async judge(candidate, ask) {
        const answer = await ask(request(candidate))
        const calls = [answer.call]
        if (answer.kind === 'refused') return { critic: 'judge', pass: false, reason: 'refused by the judge', calls }
        const { score, explanation } = answer.value
        const reason = `${score} of ${scale}${explanation?.trim() ? `: ${explanation.trim()}` : ''}`
        return { critic: 'judge', pass: score >= keep, score, reason, calls }
      },
    }
  },
})

function requestFor({ params, project }: CriticContext<Params>): (candidate: Candidate) => AskRequest<Grade> {
  const { rubric, scale, explain, temperature, maxOutputTokens } = params
  const score = z.int().min(1).max(scale)
  const schema = explain ? z.object({ explanation: z.string(), score }) : z.object({ score })
  const purpose = project.instructions.trim()
  const labels =
    project.labels.length <= mostLabels ? project.labels.map(label => JSON.stringify(label)).join(', ') : ''
  return candidate => ({
    prompt: judgePrompt.id,
    messages: judgePrompt.render({
      purpose: purpose && `Purpose of the dataset: ${purpose}\n`,
      labels: labels && `The labels of this dataset: ${labels}\n`,
      rubric,
      record: describe(candidate),
      scale: String(scale),
      meaning: meaningOf(scale),
      shape: explain
        ? `{"explanation": "one sentence: the weakest point, or why there is none", "score": whole number from 1 to ${scale}}`
        : `{"score": whole number from 1 to ${scale}}`,
    }),
    schema,
    temperature,
    maxOutputTokens,
  })
}

function meaningOf(scale: number): string {
  const ends = [`1: unusable, misses a point that matters`, `${scale}: meets every point`]
  if (scale === 3) ends.splice(1, 0, '2: usable, with a small flaw')
  if (scale > 3) ends.splice(1, 0, `${Math.ceil((scale + 1) / 2)}: just usable, with flaws`)
  return ends.join('\n')
}

/** The record as a reader sees it: text as it stands, other fields by name, spans by what they mark. */
function describe({ fields, labels, spans }: Candidate): string {
  const lines = Object.entries(fields).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  if (labels.length > 0) lines.push(`label: ${labels.join(', ')}`)
  for (const { field, start, end, label } of spans) {
    lines.push(`marked as ${label}: ${JSON.stringify(String(fields[field] ?? '').slice(start, end))}`)
  }
  return lines.join('\n')
}
