/** Drafts the recipe that repairs a balance, its targets filled in as totals. */
import { stringify } from 'yaml'
import type { Project } from '../../model/project.ts'
import type { RecipeInput } from '../../model/recipe.ts'
import type { BalanceRow } from './balance.ts'

interface Repair {
  project: Project
  by: string
  rows: BalanceRow[]
  /** Those below `level`. */
  short: BalanceRow[]
  level: number
  /** Names of the fields that records have. */
  fields: string[]
}

const perCall = 10
/** Calls allowed for each that would be needed if everything were kept. */
const slack = 2

/** Undefined where no generator can grow the short values from what is there. */
export function draftRecipe(repair: Repair): { recipe: string; targets: Record<string, number> } | undefined {
  const { short, level } = repair
  const draft = draftOf(repair)
  if (!draft) return undefined
  const { comment, recipe, values } = draft
  const grown = short.filter(row => values.includes(row.value))
  const missing = grown.reduce((sum, row) => sum + level - row.records, 0)
  const budget = { calls: Math.ceil((slack * missing) / perCall) }
  return {
    recipe: `${comment}\n${stringify({ ...recipe, budget, seed: 1 }, { lineWidth: 110 })}`,
    targets: Object.fromEntries(grown.map(({ value }) => [value, level])),
  }
}

interface Draft {
  comment: string
  recipe: RecipeInput
  /** What of the short values it grows. */
  values: string[]
}

function draftOf(repair: Repair): Draft | undefined {
  if (repair.by === 'label') return fewShotDraft(repair)
  if (repair.by === 'entity') return spansDraft(repair)
  return recordsDraft(repair)
}

function totals(rows: BalanceRow[], level: number) {
  return Object.fromEntries(rows.map(({ value }) => [value, { to: level }]))
}

function fewShotDraft({ project, short, level, fields }: Repair): Draft | undefined {
  // Where there are no real training records, few-shot has nothing to grow from.
  const rows = short.filter(row => row.realTrain > 0)
  if (rows.length === 0) return undefined
  const text = fields.includes('text') ? 'text' : fields[0]!
  const label = rows.map(({ value }) => value)
  return {
    comment: `# Brings the rare labels of ${project.name} to ${level} records each; totals, so that running it again adds nothing.
# A second opinion on each label costs a call a text more: critics: [{ kind: label, provider: ANOTHER }]`,
    recipe: {
      project: project.name,
      generator: 'few-shot',
      params: { ...(text !== 'text' && { text }), label, similar: 8, contrast: 4 },
      target: totals(rows, level),
    },
    values: label,
  }
}

function spansDraft({ project, rows, short, level }: Repair): Draft {
  return {
    comment: `# Brings the rare entity types of ${project.name} to ${level} records each; totals, so that running it again adds nothing.
# Say in the prompt what the texts are: the better it tells, the more they look like yours.`,
    recipe: {
      project: project.name,
      generator: 'prompt',
      params: {
        prompt: project.instructions.trim() || `Sentences as they stand in the dataset “${project.name}”.`,
        spans: rows.map(({ value }) => value),
      },
      target: totals(short, level),
    },
    values: short.map(({ value }) => value),
  }
}

function recordsDraft({ project, by, short, level, fields }: Repair): Draft {
  const quota = Object.fromEntries(short.map(({ value, records }) => [value, level - records]))
  return {
    comment: `# Adds records to ${project.name} until each “${by}” has ${level}; quotas are numbers to add: run it once.
# Say in the instruction what the records are: the better it tells, the more they look like yours.`,
    recipe: {
      project: project.name,
      generator: 'records',
      params: {
        instruction: project.instructions.trim() || `Records as they stand in the dataset “${project.name}”.`,
        fields: Object.fromEntries(
          fields.map(field => [field, field === by ? { type: 'category', values: Object.keys(quota) } : field]),
        ),
        quotas: { [by]: quota },
      },
    },
    values: Object.keys(quota),
  }
}
