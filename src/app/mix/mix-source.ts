/** The rows of one dataset of a mix: of a file or of a project, as often as they are asked for. */
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import { splitOf } from '../../formats/column-names.ts'
import { findFormat } from '../../formats/find-format.ts'
import type { WriteOptions } from '../../formats/format.ts'
import { exportMembers } from '../../formats/record-members.ts'
import { CultivarError } from '../../model/error.ts'
import type { Split } from '../../model/record.ts'
import { requireProject } from '../projects.ts'
import type { Workspace } from '../workspace.ts'
import type { MixDataset } from './mix-recipe.ts'
import { type MixedRow, mixedRow } from './mixed-row.ts'
import { nameUuid } from './name-uuid.ts'

export interface MixSource {
  name: string
  /** Each time the same; undefined for a row that is dropped. Throws CultivarError `bad-file` or `bad-input` for one that is no conversation. */
  rows(): AsyncIterable<MixedRow | undefined>
}

/** A mix is trained on: without a word on it, what is held out stays out. */
const usualSplits: Split[] = ['train']

/** Throws CultivarError `not-found`, and `bad-input` for a file of unknown format. */
export async function openMixSource(
  workspace: Workspace,
  dataset: MixDataset,
  systemPrompt: string,
): Promise<MixSource> {
  const options = { ...(systemPrompt !== '' && { systemPrompt }), ...(dataset.map && { parts: dataset.map }) }
  return dataset.path === undefined
    ? projectSource(workspace, { ...dataset, project: dataset.project ?? '' }, options)
    : fileSource(workspace, { ...dataset, path: dataset.path }, options)
}

async function fileSource(
  workspace: Workspace,
  { path, format: kind, splits = usualSplits }: Omit<MixDataset, 'path'> & { path: string },
  options: WriteOptions,
): Promise<MixSource> {
  await access(path).catch(() => {
    throw new CultivarError('not-found', `There is no file “${path}”.`, 'Paths start from the folder of the recipe.')
  })
  const format = findFormat(path, kind, workspace.plugins.formats)
  return {
    name: path,
    async *rows() {
      for await (const row of format.read(createReadStream(path)).rows) {
        if (row.error) {
          const { line, record, message, hint } = row.error
          throw new CultivarError('bad-file', `${path}:${line ?? record} ${message}.`, hint)
        }
        const split = splitOf(String(row.values['split'] ?? ''))
        if (split && !splits.includes(split)) continue
        const uuid = nameUuid(`${basename(path)}:${row.record}:${JSON.stringify(row.values)}`)
        yield mixedRow(new Map(Object.entries(row.values)), uuid, options)
      }
    },
  }
}

async function projectSource(
  workspace: Workspace,
  { project, splits = usualSplits }: Omit<MixDataset, 'project'> & { project: string },
  options: WriteOptions,
): Promise<MixSource> {
  const { nextPosition } = await requireProject(workspace, project)
  return {
    name: project,
    async *rows() {
      const filter = { splits, statuses: ['pending' as const, 'accepted' as const], before: nextPosition }
      for await (const record of workspace.store.streamRecords(project, filter)) {
        const members = exportMembers(record)
        const row = mixedRow(members, record.id, options)
        yield row && { ...row, id: nameUuid(record.id), metadata: withRecord(row.metadata, record.id) }
      }
    },
  }
}

/** A record's own id leads back to its lineage. */
function withRecord(metadata: string, record: string): string {
  return JSON.stringify({ ...JSON.parse(metadata), record })
}
