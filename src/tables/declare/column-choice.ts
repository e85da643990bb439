/** What a column of a declared table can be, as declarations write it. */
import { z } from 'zod'
import { distributionKinds } from '../../stats/distributions/index.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { calendarSchema, clockTime, dateText } from './calendar-choice.ts'
import { fakeKinds } from './fake-kinds.ts'
import { localeNames } from './locale-names.ts'

const expression = z.string().min(1, 'an expression is missing')

/** What any column may have besides what it is. */
const extras = {
  missing: z
    .union([z.number().min(0).max(1), expression], {
      error: 'missing is a share from 0 to 1, or an expression of the row',
    })
    .optional()
    .describe(
      'Share of values that are missing: a number for "at random", or an expression over the row, such as if(age > 60, 0.3, 0.05) or salary > 90000. Values go missing after everything else was worked out',
    ),
  decimals: z
    .int()
    .min(0)
    .max(15)
    .optional()
    .describe('Digits after the point to round numbers to; 0 makes whole numbers'),
  clip: z
    .tuple([z.number().nullable(), z.number().nullable()])
    .optional()
    .describe('[least, most]: numbers beyond are set to these; null for no bound'),
  hidden: z.boolean().optional().describe('Made for the use of other columns only, and not written'),
}

const weights = z
  .array(z.number().nonnegative())
  .optional()
  .describe('How often each value comes, compared with the others')
const value = z.union([z.string(), z.number(), z.boolean()])

const distributionColumns = distributionKinds.map(({ kind, params }) =>
  params.safeExtend({ distribution: z.literal(kind).describe('Which distribution'), ...extras }),
)

const [firstKind, ...otherKinds] = distributionColumns
const drawn = z.discriminatedUnion('distribution', [firstKind!, ...otherKinds], {
  error: ({ input }) => unknownDistribution((input as { distribution?: unknown } | undefined)?.distribution),
}) as unknown as z.ZodType<DrawnChoice, WrittenDistribution>

/** What is said where a column is no distribution at all. */
export const noDistribution = 'this is no distribution'

function unknownDistribution(kind: unknown): string {
  if (kind === undefined) return noDistribution
  const kinds = distributionKinds.map(one => one.kind)
  const near = nearestName(String(kind), kinds)
  return `there is no distribution “${kind}”; ${near ? `did you mean “${near}”?` : `there are ${kinds.join(', ')}`}`
}

const values = z.strictObject({
  values: z
    .union([z.array(value).min(1), z.record(z.string(), z.number().nonnegative())], {
      error: 'values are a list, or a mapping of each value to its weight',
    })
    .describe('A list of values, or a mapping of each value to its weight: { L: 60, M: 30, H: 10 }'),
  weights,
  ...extras,
})

const constant = z.strictObject({ value: value.describe('The same value in every row'), ...extras })

const sequence = z.strictObject({
  sequence: z.number().describe('Value of the first row'),
  step: z.number().default(1).describe('How much more each row has'),
  prefix: z.string().optional().describe('Text before the number, such as "M-"; makes the column a text'),
  width: z.int().min(1).max(20).optional().describe('Digits to fill up to with leading zeros; makes the column a text'),
  ...extras,
})

const id = z.strictObject({
  id: z
    .string()
    .min(1)
    .describe(
      '"uuid", or a pattern in which # is a digit, ? a capital letter and * either: "ORD-######". No value comes twice',
    ),
  ...extras,
})

const from = dateText.describe('The first date')
const to = dateText.describe('The last date')
const calendar = z
  .union([z.string(), calendarSchema], {
    error: 'a calendar is the name of one under "calendars", or { weekdays, holidays, hours }',
  })
  .optional()
  .describe('Which days and hours are possible: a name from "calendars", or { weekdays, holidays, hours }')
const pattern = z.string().optional().describe('How it is written, such as DD.MM.YYYY HH:mm; default ISO 8601')

const date = z.strictObject({
  date: z.strictObject({ from, to, calendar }).describe('A day between two, each open day equally likely'),
  pattern,
  ...extras,
})

const datetime = z.strictObject({
  datetime: z
    .strictObject({
      from,
      to: to.optional().describe('The last moment (a date alone: its end); may be left out with "every"'),
      calendar,
      every: z
        .string()
        .regex(
          /^\s*\d+(\.\d+)?\s*(ms|s|min|h|d|seconds?|minutes?|hours?|days?)\s*$/,
          'a step of time is written 15 min, 2 h, 30 s or 1 d',
        )
        .optional()
        .describe('Regular times, one a row: 15 min, 2 h, 30 s, 1 d. What is closed is left out'),
      ordered: z
        .boolean()
        .optional()
        .describe('Whether later rows are later; the times are spread over the whole span'),
      resolution: z
        .enum(['second', 'minute', 'hour', 'millisecond'])
        .default('second')
        .describe('Times are whole units of this'),
    })
    .describe('A moment between two, all open time equally likely'),
  pattern,
  ...extras,
})

const time = z.strictObject({
  time: z
    .strictObject({
      from: clockTime.default('00:00').describe('The first time'),
      to: clockTime.default('24:00').describe('The end'),
    })
    .describe('A time of day between two; past midnight if "to" comes first'),
  ...extras,
})

const shift = z.strictObject({
  shift: z.string().describe('The column of times of which it is to be told which shift they are in'),
  shifts: z
    .record(z.string(), clockTime)
    .default({ early: '06:00', late: '14:00', night: '22:00' })
    .describe('When each shift begins; it lasts until the next one begins'),
  ...extras,
})

const template = z.strictObject({
  template: z
    .union([z.string(), z.array(z.string()).min(1)])
    .describe(
      'Text with slots: "Machine {id} at {round(temperature, 1)} K". A slot is a column or an expression; {{ is a brace. Of several, each row takes one',
    ),
  ...extras,
})

const fake = z.strictObject({
  fake: z
    .enum(Object.keys(fakeKinds) as [keyof typeof fakeKinds, ...(keyof typeof fakeKinds)[]])
    .describe('What to make up'),
  locale: z.enum(localeNames).default('en').describe('Language and country, such as de, en_GB or ja'),
  of: z
    .string()
    .default('person')
    .describe('Whose: columns with the same word are of one person, so that the e-mail address fits the name'),
  ...extras,
})

const formula = z.strictObject({
  formula: expression.describe(
    'An expression over other columns: price * quantity, if(wear > 200, 1, 0), 20 + 3 * load + normal(0, 0.5). parent.x is column x of the parent row',
  ),
  ...extras,
})

const reference = z.strictObject({
  references: z
    .string()
    .describe(
      'The table that is referred to; its key is drawn. Its other columns can be used as in product.price, if this column is "product"',
    ),
  weights: expression
    .optional()
    .describe('How often each of its rows is referred to: an expression over its columns; default all alike'),
  ...extras,
})

const columnExpected =
  'a column is one line, such as normal(0, 1) or price * 2, or a mapping such as { values: [a, b] }, { value: 5 } or { template: "{id}" }'

/** What a case may be: anything but a choice by cases. */
const plainColumn = z.union(
  [
    expression.describe('One line: normal(0, 1), or an expression such as price * quantity'),
    drawn,
    values,
    constant,
    sequence,
    id,
    date,
    datetime,
    time,
    shift,
    template,
    fake,
    formula,
    reference,
  ],
  { error: columnExpected },
)

const cases = z.strictObject({
  by: expression.describe('The column, or an expression, whose value decides'),
  cases: z
    .record(z.string(), plainColumn)
    .describe('What the column is for each value: { L: normal(1, 1), M: normal(5, 2) }'),
  otherwise: plainColumn.optional().describe('What it is for any other value, and for null; default null'),
  ...extras,
})

export const columnSchema = z.union([...plainColumn.options, cases], { error: columnExpected })

export interface Extras {
  missing?: number | string | undefined
  decimals?: number | undefined
  clip?: [number | null, number | null] | undefined
  hidden?: boolean | undefined
}
export type ColumnChoice = z.infer<typeof columnSchema>
export type PlainColumnChoice = z.infer<typeof plainColumn>
export interface WrittenDistribution extends Extras {
  distribution: string
  [parameter: string]: unknown
}
/** The parameters of the distribution stand beside. */
export interface DrawnChoice extends Extras {
  distribution: string
}
export type ValuesChoice = z.infer<typeof values>
export type SequenceChoice = z.infer<typeof sequence>
export type DatetimeChoice = z.infer<typeof datetime>
export type DateChoice = z.infer<typeof date>
export type TimeChoice = z.infer<typeof time>
export type ShiftChoice = z.infer<typeof shift>
export type FakeChoice = z.infer<typeof fake>
export type ReferenceChoice = z.infer<typeof reference>
export type CasesChoice = z.infer<typeof cases>
