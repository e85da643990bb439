/** What the critic `label` asks a model, and how its answer is read. */
import { z } from 'zod'
import type { AskRequest, CriticContext } from '../engine/define.ts'
import { canonicalJson } from '../model/json.ts'
import type { Candidate } from '../model/run.ts'
import { randomStream } from '../stats/random-stream.ts'
import { foldText } from '../text/normalize.ts'
import { labelPrompt } from './label.prompt.ts'
import { blindFields, type LabelMaterial, labelTest } from './label-material.ts'
import { quotedFields } from './quoted-fields.ts'

/** What somebody says of a text's labels without knowing those claimed. */
export interface Opinion {
  /** Surest first; empty if none of the labels fits. */
  choices: string[]
  /** Empty if none was given. */
  reason: string
}

interface Asking {
  fields: string[]
  shown: number
  accept: number
  explain: boolean
  temperature: number
  maxOutputTokens: number
}

const none = 'none of these'

/**
 * The question about one candidate: the same whenever it is asked, and the same for whichever of the labels shown is claimed,
 * as long as the list is shown whole. Labels stand in an order drawn for each text, since models lean towards some places in a list.
 */
export function labelQuestion({ params, material, project }: CriticContext<Asking>) {
  const known = material as LabelMaterial
  const isLabel = labelTest(known.labels.map(({ label }) => label))
  const purpose = project.instructions.trim()
  const { explain, temperature, maxOutputTokens } = params
  return (candidate: Candidate): AskRequest<Opinion> => {
    const fields = blindFields(candidate.fields, params.fields, isLabel)
    const shown = shownLabels(candidate, known, params.shown)
    const multiple = known.multiple || candidate.labels.length > 1
    const most = multiple ? shown.length : Math.min(params.accept, shown.length)
    return {
      prompt: labelPrompt.id,
      messages: labelPrompt.render({
        about: purpose && `What the dataset is for: ${purpose}\n`,
        examples: shown.some(({ examples }) => examples.length > 0) ? ', with texts that have them' : '',
        labels: shown.map(described).join('\n'),
        text: quotedFields(fields),
        task: task(multiple, most),
        shape: explain
          ? '{"reason": "one short sentence: what in the text decides it", "labels": ["…"]}'
          : '{"labels": ["…"]}',
      }),
      schema: opinionSchema(
        shown.map(({ label }) => label),
        most,
        explain,
      ),
      temperature,
      maxOutputTokens,
    }
  }
}

type ShownLabel = Pick<LabelMaterial['labels'][number], 'label' | 'meaning' | 'examples'>

/** All labels, or the claimed ones among those close to them and some others; a claimed label that nobody knows comes along. */
function shownLabels({ fields, labels: claimed }: Candidate, { labels }: LabelMaterial, most: number): ShownLabel[] {
  const random = randomStream(`label ${canonicalJson(fields)}`)
  const foreign = claimed.filter(label => labels.every(known => known.label !== label))
  const all: ShownLabel[] = [...labels, ...foreign.map(label => ({ label, meaning: '', examples: [] }))]
  if (all.length <= most) return random.fork('order').shuffle(all)
  const chosen = new Set(all.filter(({ label }) => claimed.includes(label)))
  const close = labels.filter(({ label }) => claimed.includes(label)).map(({ near }) => near)
  // Two thirds of the others are close, so that it takes a look at the text to tell; the rest are there in case it is about something else.
  const closeUpTo = chosen.size + Math.ceil(((most - chosen.size) * 2) / 3)
  for (let rank = 0; chosen.size < closeUpTo && close.some(near => rank < near.length); rank++) {
    for (const near of close) if (rank < near.length && chosen.size < closeUpTo) chosen.add(all[near[rank]!]!)
  }
  for (const label of random.fork('others').shuffle(all)) if (chosen.size < most) chosen.add(label)
  return random.fork('order').shuffle(all.filter(label => chosen.has(label)))
}

function described({ label, meaning, examples }: ShownLabel): string {
  const lines = [`- ${JSON.stringify(label)}${meaning && `: ${meaning.replace(/\s+/g, ' ')}`}`]
  return [...lines, ...examples.map(example => `  e.g. ${example}`)].join('\n')
}

function task(multiple: boolean, most: number): string {
  const otherwise = `if none fits, answer ["${none}"]`
  if (multiple) return `Name every label that the text has, surest first; ${otherwise}.`
  if (most === 1) return `Name the label that fits the text best; ${otherwise}.`
  return `Name up to ${most} labels that fit the text, the best one first; ${otherwise}.`
}

/** Asks for names from the list, exactly; takes them in other case or punctuation too, and a lone name without its list. */
function opinionSchema(labels: readonly string[], most: number, explain: boolean): z.ZodType<Opinion> {
  const named = z.array(z.enum([...labels, none])).min(1)
  const asked = z.strictObject({ ...(explain && { reason: z.string() }), labels: named.max(most) })
  const { $schema: _, ...shape } = z.toJSONSchema(asked)
  return z
    .unknown()
    .meta(shape)
    .transform(reply => {
      const { reason = '', labels: listed, label = listed } = (reply ?? {}) as Record<string, unknown>
      return { reason, said: [label].flat() }
    })
    .pipe(z.object({ reason: z.string(), said: z.array(z.string()).min(1) }))
    .transform(({ reason, said }, context) => {
      const choices = said.slice(0, most).map(name => spelled(name, labels))
      if (!choices.includes(undefined)) return { reason: reason.trim(), choices: upToNone(choices as string[]) }
      context.addIssue({ code: 'custom', path: ['labels'], message: 'names a label that is not in the list' })
      return z.NEVER
    })
}

function spelled(name: string, labels: readonly string[]): string | undefined {
  if (labels.includes(name)) return name
  const like = [...labels, none].filter(label => foldText(label) === foldText(name))
  return like.length === 1 ? like[0] : undefined
}

function upToNone(choices: string[]): string[] {
  const end = choices.indexOf(none)
  return [...new Set(end < 0 ? choices : choices.slice(0, end))]
}
