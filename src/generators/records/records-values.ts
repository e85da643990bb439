/** Values of a record's fields: how they are asked for, and how what a teacher says is read, leniently but exactly. */
import type { Json } from '../../model/json.ts'
import { listedLabel } from '../reply-items.ts'
import { type Field, isDate } from './records-fields.ts'

/** Values that a reason lists. */
const mostListed = 12

/** A value, none where an optional field is left out; or what is wrong, to be read after the field's name. */
interface ReadValue {
  value?: Json
  fault?: string
}

/** The JSON Schema of a value; with `fixed`, of that value alone. */
export function valueSchema(field: Field, fixed?: Json): { [key: string]: Json } {
  if (fixed !== undefined) return { type: jsonTypes[field.type], enum: [fixed] }
  const { type, values, min, max, optional } = field
  const bounds = (least: string, most: string) => ({
    ...(min === undefined ? {} : { [least]: min }),
    ...(max === undefined ? {} : { [most]: max }),
  })
  const schema: { [key: string]: Json } = { type: jsonTypes[type] }
  if (type === 'category') schema['enum'] = values!
  if (type === 'date') schema['format'] = 'date'
  if (type === 'number' || type === 'integer') Object.assign(schema, bounds('minimum', 'maximum'))
  if (type === 'list') {
    schema['items'] = { type: 'string', ...(values && { enum: values }) }
    Object.assign(schema, bounds('minItems', 'maxItems'))
  }
  return optional ? { anyOf: [schema, { type: 'null' }] } : schema
}

const jsonTypes = {
  ...{ text: 'string', category: 'string', date: 'string', number: 'number', integer: 'integer', boolean: 'boolean' },
  list: 'array',
} as const

/** What the prompt says of a field: what it holds, and of which type and within which bounds. */
export function valueWords(field: Field, fixed?: Json): string {
  const { description, optional } = field
  const empty = optional && fixed === undefined ? ', or null where a real record would leave it empty' : ''
  const type = (fixed === undefined ? typeWords(field) : `always ${JSON.stringify(fixed)}`) + empty
  return description === '' ? type : `${description.replace(/\s+/g, ' ')} (${type})`
}

function typeWords(field: Field): string {
  const { type, values, maxWords } = field
  const oneOf = values && `one of ${values.map(value => JSON.stringify(value)).join(', ')}`
  if (type === 'text') return maxWords === undefined ? 'text' : `text of at most ${maxWords} words`
  if (type === 'category') return oneOf!
  if (type === 'list') return `list of ${range(field)}texts${oneOf ? `, each ${oneOf}` : ''}`
  if (type === 'boolean') return 'true or false'
  if (type === 'date') return `date ${range(field)}as YYYY-MM-DD`
  return `${type === 'integer' ? 'whole number' : 'number'} ${range(field)}`.trim()
}

/** With a blank behind it; empty if there are no bounds. */
function range({ type, min, max }: Field): string {
  if (min === undefined && max === undefined) return ''
  if (min === undefined) return `${type === 'date' ? 'until' : 'at most'} ${max} `
  if (max === undefined) return `${type === 'date' ? 'from' : 'at least'} ${min} `
  return `from ${min} to ${max} `
}

/** Reads what a teacher, or a recipe, says: numbers and truth values may be written as texts, a listed value in other case. */
export function readValue(field: Field, said: unknown): ReadValue {
  const absent = said === undefined || said === null || (typeof said === 'string' && said.trim() === '')
  if (absent || (Array.isArray(said) && said.length === 0 && field.optional)) {
    if (field.optional) return {}
    return { fault: typeof said === 'string' ? 'is empty' : 'is missing' }
  }
  return readers[field.type](field, typeof said === 'string' ? said.trim() : said)
}

const readers: Record<Field['type'], (field: Field, said: unknown) => ReadValue> = {
  text: ({ maxWords }, said) => {
    if (typeof said === 'object') return { fault: `is a ${Array.isArray(said) ? 'list' : 'mapping'}, not a text` }
    const value = String(said)
    const words = value.split(/\s+/).length
    return maxWords !== undefined && words > maxWords
      ? { fault: `has ${words} words, more than ${maxWords}` }
      : { value }
  },
  category: ({ values }, said) => {
    const found = typeof said === 'object' ? undefined : listedLabel(String(said), values!)
    if (found && 'label' in found) return { value: found.label }
    const few = values!.length <= mostListed ? values!.join(', ') : `its ${values!.length} values`
    return { fault: `is ${brief(said)}, not one of ${few}` }
  },
  number: readNumber,
  integer: readNumber,
  boolean: (_, said) => {
    if (typeof said === 'boolean') return { value: said }
    const word = String(said).toLowerCase()
    if (['true', 'yes'].includes(word)) return { value: true }
    return ['false', 'no'].includes(word) ? { value: false } : { fault: `is ${brief(said)}, not true or false` }
  },
  date: ({ min = '', max = '9999-12-31' }, said) => {
    // Some teachers add the time of day.
    const day = typeof said === 'string' ? said.replace(/[T ]\d{2}:.*$/, '') : said
    if (!isDate(day)) return { fault: `is ${brief(said)}, not a date as YYYY-MM-DD` }
    return day < String(min) || day > String(max) ? { fault: `is ${day}, outside ${min} to ${max}` } : { value: day }
  },
  list: (field, said) => {
    if (!Array.isArray(said)) return { fault: `is ${brief(said)}, not a list` }
    const { min = 0, max = Number.POSITIVE_INFINITY, values } = field
    if (said.length < Number(min) || said.length > Number(max))
      return { fault: `has ${said.length} entries, not ${range(field).trim()}` }
    const entry: Field = {
      name: field.name,
      description: '',
      type: values ? 'category' : 'text',
      values,
      optional: false,
    }
    const read = said.map(each => readValue(entry, each))
    const fault = read.find(each => each.fault !== undefined)
    return fault ? { fault: `has an entry that ${fault.fault}` } : { value: read.map(each => each.value!) }
  },
}

function readNumber({ type, min, max }: Field, said: unknown): ReadValue {
  const value = typeof said === 'number' || typeof said === 'string' ? Number(said) : Number.NaN
  if (!Number.isFinite(value)) return { fault: `is ${brief(said)}, not a number` }
  if (type === 'integer' && !Number.isInteger(value)) return { fault: `is ${value}, not a whole number` }
  if (min !== undefined && value < Number(min)) return { fault: `is ${value}, less than ${min}` }
  return max !== undefined && value > Number(max) ? { fault: `is ${value}, more than ${max}` } : { value }
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…`.toWellFormed() : text
}
