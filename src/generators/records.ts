/** The generator `records`: structured records from a role and an instruction, field by field, in the numbers that quotas and grids ask for. */
import { type Plan, type PlanContext, type Proposal, promptGenerator, type UnitContext } from '../engine/define.ts'
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import type { Project } from '../model/project.ts'
import { textOf } from '../model/record.ts'
import { fittingItems } from './prompt-slots.ts'
import { recordsPrompt } from './records/records.prompt.ts'
import type { Cells } from './records/records-cells.ts'
import { drawExamples, type ExampleRecord, exampleOf } from './records/records-examples.ts'
import type { Field } from './records/records-fields.ts'
import { designOf, type Params, params } from './records/records-params.ts'
import { readRecords } from './records/records-reply.ts'
import { charactersOf, recordsRequest, shownTo } from './records/records-request.ts'
import { rejectCopies } from './reply-items.ts'
import { requireProjectLabels } from './require-project-labels.ts'

/** Units of a round: about one a cell, enough to keep a teacher busy, few enough for the next round to learn from. */
const roundBounds = { least: 8, most: 64 }

export const records = promptGenerator({
  kind: 'records',
  summary: 'Writes structured records from a role and an instruction: any fields, exact quotas, even grids',
  params,
  prompts: [recordsPrompt.id],
  usesFeedback: true,
  mostFeedback: 40,
  units: plan,
  prompt: recordsRequest,
  parse,
})

async function plan(context: PlanContext<Params>): Promise<Plan> {
  const { params, project } = context
  const design = designOf(params)
  requireText(design.fields, project)
  if (params.label !== undefined) {
    requireProjectLabels(design.fields.find(({ name }) => name === params.label)?.values ?? [], project)
  }
  const perUnit = fittingItems(params.perCall, charactersOf(design), params.maxOutputTokens)
  const cells = [...design.cells.keys()]
  const pool = await examplesOf(context, design)
  return {
    cells,
    ...(design.targets && { targets: design.targets }),
    material: pool,
    perUnit,
    roundSize: Math.min(roundBounds.most, Math.max(roundBounds.least, cells.length)),
    notes: notes(params, design, perUnit, pool.length),
  }
}

/** Critic `valid` would reject every record. */
function requireText(fields: readonly Field[], { name, kind }: Project): void {
  if (kind === 'records' || fields.some(field => field.name === 'text' && field.type === 'text' && !field.optional))
    return
  throw new CultivarError(
    'bad-recipe',
    `Project “${name}” is of the kind ${kind}, whose records have a field \`text\`; the recipe has ${fields.map(({ name }) => name).join(', ')}.`,
    'Make a project of records (cultivar projects create NAME --kind records) and name it as `project`; or call the field with the text `text`.',
  )
}

async function examplesOf(context: PlanContext<Params>, { fields }: Cells): Promise<ExampleRecord[]> {
  const { examples = [] } = context.params
  if (!Array.isArray(examples)) return drawExamples(context, fields)
  return examples.map(example => ({ id: null, fields: exampleOf(example, fields) }))
}

function notes(
  { perCall, examples, grid }: Params,
  { cells, targets }: Cells,
  perUnit: number,
  pool: number,
): string[] {
  const sum = Object.values(targets ?? {}).reduce((total, count) => total + count, 0)
  const combinations = Object.values(grid).reduce((product, values) => product * values.length, 1)
  const fewer = perUnit < perCall ? `, not ${perCall}: more would not fit a reply` : ''
  return [
    `Each call asks for at most ${perUnit} record${perUnit === 1 ? '' : 's'}${cells.size > 1 ? ` of one of ${cells.size} cells` : ''}${fewer}.`,
    ...(targets ? [`The quotas ask for ${sum} record${sum === 1 ? '' : 's'}.`] : []),
    ...(targets && sum < combinations
      ? [`The grid has ${combinations} combinations, more than that: ${combinations - sum} of them get none.`]
      : []),
    ...(examples && !Array.isArray(examples) ? [`Examples are drawn from ${pool} training records.`] : []),
  ]
}

function parse(reply: { records: unknown[] }, context: UnitContext<Params>, truncated: boolean): Proposal[] {
  const { params, feedback } = context
  const design = designOf(params)
  const { label } = params
  const examples = shownTo(context)
  const seeds = examples.flatMap(({ id }) => id ?? [])
  const proposals = readRecords(reply.records, design, context, truncated).map(
    (proposal): Proposal => ({
      ...proposal,
      ...(label !== undefined && !proposal.reject && { labels: [proposal.fields![label] ?? []].flat().map(String) }),
      ...(seeds.length > 0 && { seeds }),
    }),
  )
  const main = design.fields.find(({ type }) => type === 'text')?.name
  const original = ({ fields }: ExampleRecord) => (main === undefined ? textOf({ fields }) : String(fields[main] ?? ''))
  const known = main ?? ((fields: Record<string, Json>) => textOf({ fields }))
  const fresh = rejectCopies(proposals, known, examples.map(original))
  return rejectCopies(fresh, fields => textOf({ fields }), feedback.disliked)
}
