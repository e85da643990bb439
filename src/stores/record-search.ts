/** What records are searched for: as a condition in SQL that lets through all that fit, and as the test that decides. */
import { type RawBuilder, sql } from 'kysely'
import type { RecordSearch } from '../model/api/record-shapes.ts'
import type { Json } from '../model/json.ts'
import type { StoredRecord } from '../model/record.ts'
import { letterCases } from '../text/letter-cases.ts'
import type { Database } from './database.ts'
import { plainText } from './plain-text.ts'

/** As far as an index holds a label, in characters. */
const labelLength = 200
/** As far as an index holds the JSON of tags, in characters. */
export const tagsLength = 400
// Written out as the indexes have it: bound values would keep the planner from seeing that it is the same.
export const labelColumn: RawBuilder<string | null> = sql`substr(label, 1, 200)`
export const tagsColumn: RawBuilder<string> = sql`substr(tags, 1, 400)`

/** Whether an index alone tells which records fit. */
export function isIndexed({ search, critic, minScore, maxScore, tag = [] }: RecordSearch): boolean {
  const within = [critic, minScore, maxScore].every(member => member === undefined)
  // A comma can stand between two tags as well as in one.
  return !search && within && tag.every(name => !name.includes(','))
}

/** Where `isIndexed`, exactly those that fit; else those, and some that `searchTest` has to turn down. */
export function searchCondition(search: RecordSearch, dialect: Database['dialect']): RawBuilder<boolean> {
  const { label = [], tag = [], status = [], outcome = [], split = [], run } = search
  const conditions = [
    ...among(sql`status`, status),
    ...among(sql`outcome`, outcome),
    ...among(sql`split`, split),
    ...(run === undefined ? [] : [sql<boolean>`run = ${plainText(run)}`]),
    ...labelCondition(label),
    ...tag.map(name => tagCondition(name, dialect)),
    ...verdictCondition(search, dialect),
    ...(search.search ? [textCondition(search.search, dialect)] : []),
  ]
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`
}

/** Whether a record fits. */
export function searchTest(search: RecordSearch): (record: StoredRecord) => boolean {
  const { label = [], tag = [], status = [], outcome = [], split = [], run, critic, minScore, maxScore } = search
  const labels = new Set(label.map(indexedLabel))
  const allows = <T>(wanted: readonly T[], value: T) => wanted.length === 0 || wanted.includes(value)
  const asksVerdict = [critic, minScore, maxScore].some(member => member !== undefined)
  const pattern = search.search ? textPattern(search.search) : undefined
  return record =>
    allows(status, record.status) &&
    allows(outcome as string[], record.outcome) &&
    allows(split, record.split) &&
    (run === undefined || record.run === run) &&
    (labels.size === 0 || labels.has(indexedLabel(record.labels[0] ?? ''))) &&
    tag.every(name => record.tags.includes(name)) &&
    (!asksVerdict ||
      record.verdicts.some(
        verdict =>
          (critic === undefined || verdict.critic === critic) &&
          (minScore === undefined || (verdict.score !== undefined && verdict.score >= minScore)) &&
          (maxScore === undefined || (verdict.score !== undefined && verdict.score <= maxScore)),
      )) &&
    (pattern === undefined || holds(record.fields, pattern))
}

function among(column: RawBuilder<unknown>, values: readonly string[]): RawBuilder<boolean>[] {
  return values.length === 0 ? [] : [sql<boolean>`${column} in (${sql.join(values)})`]
}

/** The empty label is that of records without one. */
function labelCondition(labels: readonly string[]): RawBuilder<boolean>[] {
  if (labels.length === 0) return []
  const known = among(labelColumn, labels.map(indexedLabel))
  return [labels.includes('') ? sql`(${labelColumn} is null or ${known[0]})` : known[0]!]
}

function indexedLabel(label: string): string {
  return Array.from(plainText(label)).slice(0, labelLength).join('')
}

/** In the JSON of a list, a text that begins it follows `["` or `,"`; only a tag with a comma could be taken for two. */
function tagCondition(tag: string, dialect: Database['dialect']): RawBuilder<boolean> {
  const json = JSON.stringify(tag)
  const holds = (column: RawBuilder<unknown>) =>
    sql`(${position(column, `[${json}`, dialect)} > 0 or ${position(column, `,${json}`, dialect)} > 0)`
  return sql`(${holds(tagsColumn)} or (length(${tagsColumn}) = ${sql.lit(tagsLength)} and ${holds(sql`tags`)}))`
}

function position(column: RawBuilder<unknown>, text: string, dialect: Database['dialect']): RawBuilder<number> {
  return dialect === 'sqlite' ? sql`instr(${column}, ${text})` : sql`strpos(${column}, ${text})`
}

function verdictCondition(
  { critic, minScore, maxScore }: RecordSearch,
  dialect: Database['dialect'],
): RawBuilder<boolean>[] {
  const score = dialect === 'sqlite' ? sql`verdict.value ->> 'score'` : sql`(verdict ->> 'score')::float8`
  const name = dialect === 'sqlite' ? sql`verdict.value ->> 'critic'` : sql`verdict ->> 'critic'`
  const wishes = [
    ...(critic === undefined ? [] : [sql<boolean>`${name} = ${plainText(critic)}`]),
    ...(minScore === undefined ? [] : [sql<boolean>`${score} >= ${minScore}`]),
    ...(maxScore === undefined ? [] : [sql<boolean>`${score} <= ${maxScore}`]),
  ]
  if (wishes.length === 0) return []
  const all = sql.join(wishes, sql` and `)
  if (dialect === 'sqlite') return [sql`exists (select 1 from json_each(verdicts) as verdict where ${all})`]
  // PostgreSQL's JSON knows neither NUL nor unpaired surrogates, which stand escaped in the text.
  return [
    sql`case when strpos(verdicts, '\\u') > 0 then true
      else exists (select 1 from jsonb_array_elements(verdicts::jsonb) as verdict where ${all}) end`,
  ]
}

/** Of the JSON of the content, in which a name or a label may hold the text too. */
function textCondition(text: string, dialect: Database['dialect']): RawBuilder<boolean> {
  // As JSON has them: only what is no letter is written otherwise there.
  const letters = letterCases(text).map(([letter = '', ...others]) => [JSON.stringify(letter).slice(1, -1), ...others])
  const isPlain = letters.every(cases => cases.length === 1 || cases.every(letter => letter <= '\x7f'))
  if (isPlain) {
    const like = `%${letters.map(([letter = '']) => letter.replaceAll(/[%_!]/g, '!$&')).join('')}%`
    return dialect === 'sqlite' ? sql`content like ${like} escape '!'` : sql`content ilike ${like} escape '!'`
  }
  // To SQLite’s LIKE, only ASCII letters have cases.
  return dialect === 'sqlite'
    ? sql`content glob ${`*${letters.map(cases => oneOf(cases, literal => literal.replaceAll(/[*?[]/g, '[$&]'))).join('')}*`}`
    : sql`content ~ ${letters.map(cases => oneOf(cases, literal => literal.replaceAll(/[!-/:-@[-`{-~]/g, '\\$&'))).join('')}`
}

function textPattern(text: string): RegExp {
  const syntax = /[\\^$.*+?()[\]{}|/]/g
  const pattern = letterCases(text).map(cases => oneOf(cases, letter => letter.replaceAll(syntax, '\\$&')))
  return new RegExp(pattern.join(''), 'u')
}

function oneOf(cases: string[], literally: (text: string) => string): string {
  return cases.length > 1 ? `[${cases.join('')}]` : literally(cases[0] ?? '')
}

function holds(value: Json, pattern: RegExp): boolean {
  if (Array.isArray(value)) return value.some(item => holds(item, pattern))
  if (value !== null && typeof value === 'object') return Object.values(value).some(item => holds(item, pattern))
  return value !== null && pattern.test(String(value))
}
