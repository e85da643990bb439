/** A small taxonomy, and a teacher and critic for it whose every fault a test can choose. */
import { stringify } from 'yaml'
import type { Plan, Sources, UnitContext } from '../src/engine/define.ts'
import { taxonomy } from '../src/generators/taxonomy.ts'
import type { Json } from '../src/model/json.ts'
import { type Project, project as projectSchema } from '../src/model/project.ts'
import { randomStream } from '../src/stats/random-stream.ts'
import { planContext } from '../src/testing/plugin-law.ts'
import type { Script, ScriptedAnswer, ScriptedRequest } from '../src/testing/script.ts'

export const leaves = {
  freeform: 'compositional_skills/words/synonyms',
  grounded: 'compositional_skills/grounded/rewriting',
  knowledge: 'knowledge/birds/wren',
}

const skill = { version: 3, created_by: 'ada' }
const numbers = [1, 2, 3, 4, 5]
const words = ['cold', 'warm', 'quick', 'silent', 'bitter']

const qna = {
  [leaves.freeform]: {
    ...skill,
    task_description: 'Name synonyms of a word.',
    seed_examples: words.map(word => ({
      question: `Which words mean about the same as ${word}?`,
      answer: `Two synonyms of ${word} come to mind.`,
    })),
  },
  [leaves.grounded]: {
    ...skill,
    task_description: 'Say a text in plain words.',
    seed_examples: words.map(word => ({
      context: `The ${word} committee shall convene at its earliest convenience, notwithstanding.`,
      question: 'Could you say this in plain words?',
      answer: `The ${word} committee will meet soon, whatever happens.`,
    })),
  },
  [leaves.knowledge]: {
    ...skill,
    domain: 'birds',
    document_outline: 'The life of wrens',
    document: { repo: 'birds', commit: 'abc1234', patterns: ['*.md'] },
    seed_examples: numbers.map(at => ({
      context: `Context ${at}: the robin has habit ${at}.`,
      questions_and_answers: [1, 2, 3, 4].slice(0, at === 1 ? 4 : 3).map(pair => ({
        question: `What is habit ${at}, part ${pair}, of the robin?`,
        answer: `Part ${pair} of the robin’s habit ${at} is singing.`,
      })),
    })),
  },
}

/** Sections of the wren's document, each a passage of its own. */
export const sections = ['Nest', 'Song', 'Food', 'Flight'].map(
  title => `## ${title}\n\n${`The ${title.toLowerCase()} of the wren is told of here. `.repeat(12).trim()}`,
)

export const treeFiles: Record<string, string> = {
  ...Object.fromEntries(Object.entries(qna).map(([path, content]) => [`tree/${path}/qna.yaml`, stringify(content)])),
  'birds/wren.md': `# Wrens\n\n${sections.join('\n\n')}\n`,
}

/** Passages of about a section. */
export const small = { taxonomy: 'tree', chunkTokens: 120 }

export async function plannedTaxonomy(
  params: Record<string, unknown> = {},
  {
    files = treeFiles,
    sources = {},
    project = projectSchema.parse({ name: 'tree', kind: 'records' }),
  }: { files?: Record<string, string>; sources?: Partial<Sources>; project?: Project } = {},
) {
  const parsed = taxonomy.params.parse({ ...small, ...params })
  const context = planContext({ params: [], files, project })
  const plan: Plan = await taxonomy.plan({
    ...context,
    params: parsed,
    sources: { ...context.sources!, ...sources },
  })
  const unit = (cell: string, more: Partial<UnitContext<never>> = {}): UnitContext<typeof parsed> => {
    const cellOrdinal = more.cellOrdinal ?? 1
    return {
      ...{ params: parsed, material: plan.material, project: context.project, cell, cellOrdinal, asks: 4 },
      ...{ feedback: { kept: [], disliked: [] }, random: randomStream('unit').fork(cell).fork(cellOrdinal) },
      ...more,
    }
  }
  return { plan, params: parsed, unit }
}

/** Text between the tags of a request's user message. */
export function shownIn({ messages }: Pick<ScriptedRequest, 'messages'>, tag: string): string {
  return new RegExp(`^<${tag}>\\n([\\s\\S]*?)\\n</${tag}>$`, 'm').exec(messages[1]?.content ?? '')?.[1] ?? ''
}

/** Which stage a request is of, told by what it asks for. */
export function stageOf({ messages }: Pick<ScriptedRequest, 'messages'>): string {
  const user = messages[1]?.content ?? ''
  const found = stages.find(([, mark]) => mark.test(user))
  if (!found) throw new Error(`No stage is known that asks:\n${user}`)
  return found[0]
}

const stages: [string, RegExp][] = [
  ['spelling', /slips mended/],
  ['detailed-summary', /^Summarise it in detail/m],
  ['extractive-summary', /^Pick the sentences/m],
  ['atomic-facts', /^List the facts/m],
  ['probe', /^The known answer:/m],
  ['unseen', /^Answer it as well as you can/m],
  ['contexts', /new texts for this skill/],
  ['question-check', /^The question:[\s\S]*It gets 1 if/m],
  ['pair-check', /Then choose the grade whose words fit/],
  ['faithful', /^Is the answer faithful/m],
  ['relevant', /^Judge two points/m],
  ['self-contained', /^Can that person tell/m],
  ['answers', /^The question to answer:/m],
  ['questions', /new questions or requests of this skill\.$|different requests about this text/m],
  ['pairs', /with their answers from this passage|each with its answer|each a text, a request about it/],
]

export type Instead = (stage: string, request: ScriptedRequest) => ScriptedAnswer | undefined

/**
 * Answers well whatever is asked; `instead` may answer otherwise. What it writes depends on the words of the request alone, so that equal
 * requests get equal replies.
 */
export function taxonomyTeacher(instead: Instead = () => undefined): Script {
  return request => {
    const stage = stageOf(request)
    return instead(stage, request) ?? { kind: 'reply', value: goodReply(stage, request) }
  }
}

function goodReply(stage: string, request: ScriptedRequest): Json {
  const user = request.messages[1]!.content
  const count = Number(/Write (\d+)/.exec(user)?.[1] ?? 1)
  const random = randomStream(`${user} ${request.repeat}`)
  const items = (item: (word: string) => Json) => ({
    items: Array.from({ length: count }, () => item(Array.from({ length: 5 }, () => word(random.uint32())).join(' '))),
  })
  switch (stage) {
    case 'spelling':
      return { corrected: shownIn(request, 'passage').replace('told of', 'told about') }
    case 'detailed-summary':
      return { detailed: `In detail: ${shownIn(request, 'passage').slice(0, 90)}` }
    case 'extractive-summary':
      return { extractive: `Picked: ${shownIn(request, 'passage').slice(0, 80)}` }
    case 'atomic-facts':
      return { facts: `Fact: ${shownIn(request, 'passage').slice(0, 70)}` }
    case 'unseen':
      return { answer: `I would say: ${shownIn(request, 'question').slice(0, 40)}` }
    case 'contexts':
      return items(text => ({ context: `The ${text} council shall meet forthwith.` }))
    case 'questions':
      return items(text => ({ question: `What else could one say for ${text}?` }))
    case 'answers':
      return { answer: 'One could say this and that of it all.' }
    case 'pairs':
      return items(text => ({
        ...{ context: `A text on ${text}.`, question: `What is told of ${text}?` },
        answer: `It is told that ${text} are there.`,
      }))
    case 'relevant':
      return { explanation: 'It does.', subject: 1, complete: 1 }
    default:
      return { explanation: 'It is good.', score: stage === 'pair-check' ? 3 : 1 }
  }
}

const syllables = ['ba', 'ko', 'li', 'mu', 'ne', 'ra', 'si', 'to', 'vu', 'za', 'fe', 'gi', 'ho', 'pa', 'du', 'xe']

function word(bits: number): string {
  return [0, 4, 8, 12].map(shift => syllables[(bits >>> shift) & 15]!).join('')
}
