/** What the parameters of the generator `table` ask for, as an order that can be opened anywhere. */
import { CultivarError } from '../../model/error.ts'
import { type Declaration, declarationSchema } from '../../tables/declare/declaration.ts'
import type { SampleOrder } from '../../tables/open-sources.ts'
import { parseTableModel } from '../../tables/table-model.ts'
import type { TableParams } from './table-params.ts'

/** @throws CultivarError `bad-recipe`, or what reading the model throws. */
export async function tableOrder(
  params: TableParams,
  seed: number,
  readText: (path: string) => Promise<string>,
): Promise<SampleOrder> {
  const { model, where, share, sizes, scale, entities, label: _, rows, ...declared } = params
  if (model === undefined) {
    const written = { ...declared, ...(rows !== undefined && { rows }) }
    const read = declarationSchema.safeParse(written)
    // As it was written, for the schema has defaults that it would not take twice.
    if (read.success) return { maker: { declaration: written as Declaration }, seed }
    const [issue] = read.error.issues
    throw new CultivarError(
      'bad-recipe',
      `params${issue!.path.map(part => `.${String(part)}`).join('')}: ${issue!.message}`,
      'See “cultivar generators show table”.',
    )
  }
  return {
    maker: { model: parseTableModel(await readText(model), model) },
    seed,
    ...(rows !== undefined && { rows }),
    ...(where !== undefined && { where }),
    ...(share && { balance: { column: share.column, shares: share.values } }),
    ...(sizes && { sizes }),
    ...(scale !== undefined && { scale }),
    ...(entities !== undefined && { entities }),
  }
}
