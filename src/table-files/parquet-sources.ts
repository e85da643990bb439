/** What DuckDB is asked for so that the columns of a Parquet file come as numbers, codes or texts. */
import type { ColumnHeader, NumberColumn } from '../tables/table.ts'
import { ownValue } from '../text/own-value.ts'
import type { OpenDuckDb } from './open-duckdb.ts'
import type { ReadTableOptions } from './read-options.ts'
import { type ColumnPlan, recognizeColumn } from './recognize-column.ts'
import { quotedName, quotedText } from './sql-text.ts'

/** By how many rows texts are recognised, and from how many different ones on they are no longer a category. */
const looked = 65_536
const mostEntries = 65_536

interface Described {
  name: string
  type: string
}

/** Numbers come with NaN for null, categories as codes with −1 for null, other texts as they are. */
export interface ParquetSource {
  name: string
  expression: string
  type: ColumnHeader['type']
  decimals?: number
  /** Of a category. */
  dictionary?: string[]
  /** Of texts that must be looked at one by one, such as dates. */
  plan?: ColumnPlan
}

export async function parquetSources(
  database: OpenDuckDb,
  from: string,
  options: ReadTableOptions,
  notes: string[],
): Promise<ParquetSource[]> {
  const described = await rowsOf(database, `describe select * from ${from}`)
  const columns = described.map(row => ({ name: String(row[0]), type: String(row[1]) }))
  const large = await largeIntegers(database, from, columns)
  notes.push(...[...large].map(column => `column "${column}" is read as text: its numbers have more than 15 digits`))
  const sources: ParquetSource[] = []
  for (const column of columns) {
    const asked = ownValue(options.columns, column.name)
    const number = asked === 'text' || asked === 'category' || large.has(column.name) ? undefined : numberSource(column)
    const source = number ?? (await textSource(database, from, column.name, options))
    notes.push(...(source.plan?.notes ?? []))
    sources.push(source)
  }
  return sources
}

async function rowsOf({ connection }: OpenDuckDb, sql: string) {
  return (await connection.runAndReadAll(sql)).getRows()
}

/** Integer columns with numbers that a double cannot keep. */
async function largeIntegers(database: OpenDuckDb, from: string, columns: Described[]): Promise<Set<string>> {
  const wide = columns.filter(({ type }) => /^(U?BIGINT|U?HUGEINT|DECIMAL\(\d+,0\))$/.test(type))
  if (wide.length === 0) return new Set()
  const limit = Number.MAX_SAFE_INTEGER
  const outside = wide.map(({ name }) => {
    const column = quotedName(name)
    return `coalesce(max(${column}) > ${limit} or min(${column}) < -${limit}, false)`
  })
  const [row = []] = await rowsOf(database, `select ${outside.join(', ')} from ${from}`)
  return new Set(wide.filter((_, index) => row[index] === true).map(({ name }) => name))
}

function numberSource({ name, type }: Described): ParquetSource | undefined {
  const column = quotedName(name)
  const source = (kind: NumberColumn['type'], value: string, decimals?: number): ParquetSource => ({
    name,
    expression: `coalesce((${value})::DOUBLE, 'nan'::DOUBLE)`,
    type: kind,
    ...(decimals === undefined ? {} : { decimals }),
  })
  if (/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/.test(type)) return source('integer', column)
  if (/^(FLOAT|DOUBLE)$/.test(type)) return source('decimal', column)
  const scale = Number(/^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1])
  if (scale === 0) return source('integer', column)
  if (scale > 0) return source('decimal', column, scale)
  if (type === 'BOOLEAN') return source('boolean', `${column}::INTEGER`)
  if (type === 'DATE') return source('date', `epoch_ms(${column}::TIMESTAMP)`)
  if (type.startsWith('TIMESTAMP')) return source('datetime', `epoch_us(${column}) / 1000.0::DOUBLE`)
  if (type === 'TIME') return source('time', `epoch_us(${column}) / 1000.0::DOUBLE`)
  return undefined
}

/** Few different texts are coded by DuckDB, which is quicker at it by far. */
async function textSource(
  database: OpenDuckDb,
  from: string,
  name: string,
  { columns, nulls = [], dayFirst }: ReadTableOptions,
): Promise<ParquetSource> {
  const text = `${quotedName(name)}::VARCHAR`
  const first = `select ${text} as value, row_number() over () as row from ${from} limit ${looked}`
  const counted = `select value, count(*) from (${first}) where value is not null group by value order by min(row)`
  const counts = new Map((await rowsOf(database, counted)).map(row => [String(row[0]), Number(row[1])]))
  const plan = recognizeColumn(name, counts, {
    decimal: '.',
    asked: ownValue(columns, name) ?? 'string',
    nulls,
    ...(dayFirst === undefined ? {} : { dayFirst }),
  })
  if (plan.type !== 'category') return { name, expression: text, type: plan.type, plan }
  const distinct = `select distinct ${text} as value from ${from} where ${text} not in ('', ${nulls.map(quotedText).join(', ') || "''"})`
  const entries = await rowsOf(database, `${distinct} order by value limit ${mostEntries + 1}`)
  if (entries.length > mostEntries || entries.length === 0) return { name, expression: text, type: 'category', plan }
  const dictionary = entries.map(([value]) => String(value))
  const list = dictionary.map(quotedText).join(', ')
  return {
    name,
    expression: `coalesce(enum_code(try_cast(${text} as ENUM(${list}))), -1)::DOUBLE`,
    type: 'category',
    dictionary,
  }
}
