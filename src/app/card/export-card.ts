/** A dataset card beside an exported file. */
import { basename, extname } from 'node:path'
import { findFormat } from '../../formats/find-format.ts'
import type { ExportOptions } from '../export-records.ts'
import { requireRun } from '../find-stored.ts'
import type { Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import { buildCard } from './card.ts'
import type { CardFile } from './card-head.ts'
import { cardText } from './card-text.ts'

/** Writes `NAME.card.md` for what was exported to `NAME.jsonl` or the like; returns its path. */
export async function writeCardBeside(
  workspace: Workspace,
  exported: { file: string; records: number },
  options: ExportOptions,
): Promise<string> {
  const { file, records } = exported
  const project = await projectOf(workspace, options)
  const kind = findFormat(file, options.format, workspace.plugins.formats).kind
  const described: CardFile = { name: basename(file), format: kind, records, only: chosenPart(options) }
  return writeTextFile(
    `${file.slice(0, file.length - extname(file).length)}.card.md`,
    cardText(await buildCard(workspace, project), described),
  )
}

/** The project that is exported, or of which a run is. */
export async function projectOf(workspace: Workspace, { of }: ExportOptions): Promise<string> {
  return 'project' in of ? of.project : (await requireRun(workspace, of.run)).project
}

/** Which part of the project is exported, in words; empty if all of it. */
export function chosenPart({ of, labels, splits, statuses, rejects }: ExportOptions): string[] {
  return [
    ...('run' in of ? [rejects ? `what run ${of.run} did not keep` : `what run ${of.run} kept`] : []),
    ...(labels ? [`label ${labels.join(', ')}`] : []),
    ...(splits ? [`split ${splits.join(', ')}`] : []),
    ...(statuses ? [`status ${statuses.join(', ')}`] : []),
  ]
}
