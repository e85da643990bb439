/** A declaration: tables as a person describes them, without data to learn from. */
import { z } from 'zod'
import { multinomialParams } from '../../stats/distributions/multinomial.ts'
import { seriesSchema } from '../series/declared/series-schema.ts'
import { calendarSchema } from './calendar-choice.ts'
import { columnSchema } from './column-choice.ts'

const columnName = z
  .string()
  .min(1, 'a column needs a name')
  .regex(/^(?!#|parent\.)/, 'the name of a column begins neither with # nor with parent.')
const columnNames = z.array(z.string())

const correlated = z.strictObject({
  columns: columnNames.min(2).describe('Columns that go together: distributions, or values in their order'),
  correlations: z
    .union(
      [
        z.array(z.array(z.number().min(-1).max(1))),
        z.record(z.string(), z.record(z.string(), z.number().min(-1).max(1))),
      ],
      {
        error: 'correlations are a matrix in the order of the columns, or pairs: { x: { y: 0.7 } }',
      },
    )
    .describe('The matrix, in the order of the columns, or pairs: { x: { y: 0.7 } }, what is not named being 0'),
  measure: z
    .enum(['pearson', 'spearman'])
    .default('pearson')
    .describe('Of the values (pearson) or of their ranks (spearman)'),
})

const combinations = z.strictObject({
  columns: columnNames.min(1).describe('Columns that are made together'),
  rows: z
    .array(z.array(z.union([z.string(), z.number(), z.boolean()])).min(1))
    .min(1)
    .describe('The combinations there are, one value for each column: [[DE, Berlin], [FR, Paris]]'),
  weights: z.array(z.number().nonnegative()).optional().describe('How often each comes, compared with the others'),
})

const multinomial = multinomialParams.extend({
  columns: columnNames.min(1).describe('Columns of counts, one for each weight'),
})

const constraint = z.union(
  [
    z.string().min(1).describe('A condition that every row fulfils: delivered >= ordered'),
    z.strictObject({
      unique: z.union([z.string(), columnNames.min(1)]).describe('Columns of which no combination comes twice'),
    }),
    z.strictObject({
      sum: columnNames.min(2).describe('Columns that are scaled so that they add up'),
      to: z.union([z.number(), z.string()]).describe('To what: a number, a column or an expression'),
    }),
  ],
  { error: 'a constraint is a condition such as delivered >= ordered, { unique: […] } or { sum: […], to: … }' },
)

const tableMembers = {
  columns: z.record(columnName, columnSchema).describe('The columns by name, in the order in which they are written'),
  combinations: z.array(combinations).optional().describe('Columns of which only certain combinations exist'),
  multinomials: z
    .array(multinomial)
    .optional()
    .describe('Columns of counts that add up to `trials` in each row, such as pieces by grade'),
  correlated: z.array(correlated).optional().describe('Groups of columns with given correlations'),
  constraints: z.array(constraint).optional().describe('What every row fulfils'),
  key: z
    .union([z.string(), columnNames.min(1)])
    .optional()
    .describe('The column that names a row; others refer to it. It is made unique'),
}

const rows = z.int().nonnegative().describe('How many rows; default 1,000')

const table = z.strictObject({
  rows: rows.optional(),
  parent: z.string().optional().describe('The table whose rows have rows of this one as children'),
  children: z
    .union([z.int().nonnegative(), z.string().min(1)])
    .optional()
    .describe(
      'How many children each row of the parent has: a number, poisson(3), or an expression over the parent’s columns; default poisson(3)',
    ),
  ...tableMembers,
})

const series = z.strictObject({
  series: seriesSchema.describe('Sensors, machines or events along time'),
  of: z.string().optional().describe('A table whose keys are the machines of the series'),
})

const name = z.string().min(1).optional().describe('Name of the table; default "table"')
const calendars = z.record(z.string(), calendarSchema).optional().describe('Calendars that columns can name')

export const declarationSchema = z.union(
  [
    z.strictObject({ name, rows: rows.optional(), calendars, ...tableMembers }).describe('One table'),
    z
      .strictObject({
        tables: z.record(z.string().min(1), z.union([table, series])).describe('The tables by name'),
        calendars,
      })
      .describe('Several tables'),
    z.strictObject({ name, series: series.shape.series }).describe('Series'),
  ],
  { error: 'a declaration has columns: { x: normal(0, 1) }, or several tables: { … }, or a series: { … }' },
)

/** As a person writes it. */
export type Declaration = z.input<typeof declarationSchema>
/** With its defaults. */
export type ReadDeclaration = z.infer<typeof declarationSchema>
export type TableChoice = z.infer<typeof table>
export type CorrelatedChoice = z.infer<typeof correlated>
export type CombinationsChoice = z.infer<typeof combinations>
export type MultinomialChoice = z.infer<typeof multinomial>
export type SeriesTableChoice = Pick<z.infer<typeof series>, 'series'> & { of?: string | undefined }
