/** Parameters of the generator `table`: tables as declared there, or as a fitted model draws them. */
import { z } from 'zod'
import { declarationSchema } from '../../tables/declare/declaration.ts'

const [oneTable, severalTables, seriesTable] = declarationSchema.options

const modelMembers = {
  model: z.string().min(1).describe('Instead of a declaration: a model that “cultivar tables fit” wrote'),
  where: z.string().min(1).describe('Of a model of one table: a condition that every row fulfils'),
  share: z
    .strictObject({
      column: z.string().describe('The column'),
      values: z.record(z.string(), z.number().min(0).max(1)).describe('Share of the rows by value'),
    })
    .describe('Of a model of one table: values that get a share of the rows'),
  sizes: z.record(z.string(), z.int().nonnegative()).describe('Of a model of several tables: rows by table'),
  scale: z.number().positive().describe('Of a model of several tables: so many times the rows it learned from'),
  entities: z.int().positive().describe('Of a model of series: how many entities'),
}

/** Exactly one of these says what is made. */
const makers = ['columns', 'tables', 'series', 'model'] as const
const withModelAlone = Object.keys(modelMembers).filter(name => name !== 'model')

export const tableParams = z
  .strictObject({
    ...oneTable.partial().shape,
    ...severalTables.partial().shape,
    series: seriesTable.shape.series.optional(),
    ...z.object(modelMembers).partial().shape,
    label: z.string().min(1).optional().describe('Column that is a record’s label instead of a field'),
  })
  .superRefine((params, context) => {
    const given = makers.filter(name => params[name] !== undefined)
    const [maker] = given
    if (given.length !== 1) {
      const message =
        given.length === 0
          ? 'say what to make: columns, tables, series or a model'
          : `give one of ${given.join(', ')}, not several`
      context.addIssue({ code: 'custom', path: given.slice(1, 2), message })
    }
    if (maker === 'model') return
    for (const name of withModelAlone) {
      if (name in params) context.addIssue({ code: 'custom', path: [name], message: 'goes with a model alone' })
    }
  })

export type TableParams = z.infer<typeof tableParams>
