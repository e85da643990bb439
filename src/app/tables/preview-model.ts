/** The first rows that a sample from a stored model would have. */
import type { ShownTableRows } from '../../model/api/tables.ts'
import { openSources, type SampleOrder } from '../../tables/open-sources.ts'
import type { Workspace } from '../workspace.ts'
import { firstRows } from './shown-rows.ts'
import { findTableModel } from './stored-table-models.ts'

export interface ModelPreview extends Omit<SampleOrder, 'maker' | 'rows'> {
  project: string
  model: string
  rows: number
}

/** @throws CultivarError `not-found`, `bad-file`; `bad-input` where the model cannot do what is asked. */
export async function previewModel(
  workspace: Workspace,
  { project, model: name, rows, ...asked }: ModelPreview,
): Promise<{ tables: ShownTableRows[]; notes: string[] }> {
  const model = await findTableModel(workspace, project, name)
  const size = model.shape === 'table' ? { rows } : {}
  const opened = await openSources({ maker: { model }, ...asked, ...size }, rows)
  return { tables: firstRows(opened, rows), notes: opened.notes }
}
