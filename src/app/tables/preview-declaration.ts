/** The first rows that the parameters of the generator `table` would give. */
import { tableOrder } from '../../generators/table/table-order.ts'
import { tableParams } from '../../generators/table/table-params.ts'
import type { ShownTableRows } from '../../model/api/tables.ts'
import { CultivarError } from '../../model/error.ts'
import { openSources } from '../../tables/open-sources.ts'
import { readTextFile } from '../read-text-file.ts'
import { recipePaths } from '../recipe-paths.ts'
import type { Workspace } from '../workspace.ts'
import { firstRows } from './shown-rows.ts'

const mostShown = 20
/** Children, and what is drawn from other tables, look like themselves among so many. */
const mostMade = 1000

/** @throws CultivarError `bad-recipe` with the place of the first problem, or what reading a model throws. */
export async function previewDeclaration(
  workspace: Workspace,
  given: Record<string, unknown>,
  seed: number,
): Promise<{ tables: ShownTableRows[]; notes: string[] }> {
  const params = tableParams.safeParse(given)
  if (!params.success) {
    const [issue] = params.error.issues
    throw new CultivarError(
      'bad-recipe',
      `${issue!.path.map(String).join('.') || 'params'}: ${issue!.message}`,
      'Correct it, and the rows appear.',
    )
  }
  const at = recipePaths(workspace, workspace.folder)
  const opened = await openSources(
    await tableOrder(params.data, seed, async path => readTextFile(await at(path))),
    mostMade,
  )
  return { tables: firstRows(opened, mostShown), notes: opened.notes }
}
