/** What InstructLab’s schemas ask of a qna.yaml, versions 1 to 3. */

interface TextShape {
  type: 'string'
  /** Whether `''` will not do. */
  filled: boolean
}

export interface ListShape {
  type: 'list'
  /** What an item is called in messages. */
  item: string
  least: number
  unique: boolean
  items: Shape
}

export interface MappingShape {
  type: 'mapping'
  required: string[]
  properties: Record<string, Shape>
  /** Whether other keys are refused. */
  closed: boolean
}

interface VersionShape {
  type: 'integer'
  only: number
}

export type Shape = TextShape | ListShape | MappingShape | VersionShape

export type SchemaName = 'compositional_skills' | 'knowledge'

const text: TextShape = { type: 'string', filled: true }
const anyText: TextShape = { type: 'string', filled: false }

const skillSeed: MappingShape = {
  type: 'mapping',
  required: ['question', 'answer'],
  properties: { context: text, question: text, answer: text },
  closed: true,
}

const knowledgeSeed: MappingShape = {
  type: 'mapping',
  required: ['context', 'questions_and_answers'],
  properties: {
    context: text,
    questions_and_answers: {
      ...{ type: 'list', item: 'question-answer pair', least: 3, unique: true },
      // The only mapping that may hold further keys.
      items: {
        type: 'mapping',
        required: ['question', 'answer'],
        properties: { question: text, answer: text },
        closed: false,
      },
    },
  },
  closed: true,
}

const documentSource: MappingShape = {
  type: 'mapping',
  required: ['repo', 'commit', 'patterns'],
  properties: {
    repo: text,
    commit: text,
    patterns: { type: 'list', item: 'pattern', least: 1, unique: true, items: text },
  },
  closed: true,
}

const seeds = (items: Shape, { least, unique }: { least: number; unique: boolean }): ListShape => ({
  ...{ type: 'list', item: 'seed example', least, unique, items },
})

const firstSkill: MappingShape = {
  type: 'mapping',
  required: ['created_by', 'task_description', 'seed_examples'],
  properties: {
    version: { type: 'integer', only: 1 },
    created_by: text,
    task_description: anyText,
    seed_examples: seeds(skillSeed, { least: 1, unique: false }),
  },
  closed: true,
}

const skill = (version: number): MappingShape => ({
  type: 'mapping',
  required: ['version', 'created_by', 'task_description', 'seed_examples'],
  properties: {
    version: { type: 'integer', only: version },
    created_by: text,
    task_description: text,
    seed_examples: seeds(skillSeed, { least: 5, unique: true }),
  },
  closed: true,
})

const knowledge: MappingShape = {
  type: 'mapping',
  required: ['version', 'created_by', 'domain', 'seed_examples', 'document', 'document_outline'],
  properties: {
    version: { type: 'integer', only: 3 },
    created_by: text,
    domain: text,
    seed_examples: seeds(knowledgeSeed, { least: 5, unique: true }),
    document: documentSource,
    document_outline: text,
  },
  closed: true,
}

/** By version, from 1. Knowledge of versions 1 and 2 is read no more. */
export const schemas: Record<SchemaName, (MappingShape | 'deprecated')[]> = {
  compositional_skills: [firstSkill, skill(2), skill(3)],
  knowledge: ['deprecated', 'deprecated', knowledge],
}
