/** Replies of `records`: each item read field by field, counted in the cell its own values name, or rejected with a reason. */
import { z } from 'zod'
import type { Proposal } from '../../engine/define.ts'
import type { Json } from '../../model/json.ts'
import { listReply, type Reject, readEach, withoutListMarks } from '../reply-items.ts'
import { type Cells, cellWith, type Fixed } from './records-cells.ts'
import type { Field } from './records-fields.ts'
import { foreignMark, withoutFieldMarks } from './records-marks.ts'
import { readValue, valueSchema } from './records-values.ts'

/** Written before a record so that each is about something else; not part of it. */
export const topicMember = 'topic'

/** Whether items begin with a topic: not if that is a field of theirs. */
export function hasTopic({ fields }: Cells): boolean {
  return fields.every(({ name }) => name.toLowerCase() !== topicMember)
}

/** Asks for records with exactly these fields, each of them required, as strict modes want it; accepts any list, whose items are read one by one. */
export function recordsReply(design: Cells, fixed: Fixed) {
  const properties = {
    ...(hasTopic(design) && { [topicMember]: { type: 'string' } }),
    ...Object.fromEntries(design.fields.map(field => [field.name, valueSchema(field, fixed[field.name])])),
  }
  const item = { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
  return listReply(z.unknown().meta(item), 'records')
}

interface Item {
  fields: Record<string, Json>
  cell?: string
  reject?: Reject
}

/** A proposal for each item of a reply; up to twice as many as were asked for. */
export function readRecords(
  values: readonly unknown[],
  design: Cells,
  unit: { cell: string; asks: number },
  truncated: boolean,
): Proposal[] {
  const items = readEach(values, truncated, value => readItem(value, design, unit.cell)).slice(0, 2 * unit.asks)
  for (const field of design.fields) if (field.type === 'text') tidy(items, field, design)
  return items.map(({ cell = unit.cell, ...item }) => ({ cell, ...item }))
}

function readItem(value: unknown, design: Cells, cell: string): Item {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const said = JSON.stringify(value) ?? ''
    return { fields: { item: said }, reject: invalid('the item is no record with the fields asked for') }
  }
  const said = new Map(Object.entries(value).map(([name, each]) => [name.trim().toLowerCase(), each as unknown]))
  const fixed = design.cells.get(cell)!
  const own = { ...fixed }
  const fields: Item['fields'] = {}
  let reject: Reject | undefined
  for (const field of design.fields) {
    const { name } = field
    const stated = said.get(name.toLowerCase())
    // What was fixed needs no saying; if it is said otherwise, the record is taken at its word.
    const given = Object.hasOwn(fixed, name) && (stated === undefined || stated === null) ? fixed[name] : stated
    const read = readValue(field, given)
    if (read.fault !== undefined) {
      reject ??= invalid(`\`${name}\` ${read.fault}`)
      if (stated !== undefined) fields[name] = stated as Json
    } else if (read.value !== undefined) {
      fields[name] = read.value
      if (Object.hasOwn(fixed, name)) own[name] = read.value
    }
  }
  if (reject) return { fields, reject }
  const named = cellWith(design, own)
  if (named !== undefined) return { fields, cell: named }
  const other = Object.keys(fixed).find(name => own[name] !== fixed[name])!
  return {
    fields,
    reject: invalid(
      `\`${other}\` is ${JSON.stringify(own[other])} where ${JSON.stringify(fixed[other])} was asked for`,
    ),
  }
}

function invalid(reason: string): Reject {
  return { critic: 'valid', reason }
}

/** Takes marks off the texts of one field, and rejects those that hold more than their own. */
function tidy(items: Item[], field: Field, { fields }: Cells): void {
  const { name } = field
  const usable = items.filter(item => !item.reject && typeof item.fields[name] === 'string')
  const texts = usable.map(item => item.fields[name] as string)
  // In a single text, or one of several lines, a number or bullet may be its own.
  const isList = texts.length > 1 && texts.every(text => !text.includes('\n'))
  const bare = withoutFieldMarks(isList ? withoutListMarks(texts) : texts, field)
  for (const [at, item] of usable.entries()) {
    item.fields[name] = bare[at]!
    const mark = foreignMark(bare[at]!, field, fields)
    if (mark) item.reject = invalid(`\`${name}\` holds the mark "${mark.trim()}": records or fields run together`)
  }
}
