/** Work on tables that a studio does in a thread of its own: from uploaded files to models and results of a project. */
import { basename, join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import type { ReadTableOptions } from '../../table-files/index.ts'
import type { SampleOrder } from '../../tables/open-sources.ts'
import { type FaultChoice, faultChoiceSchema } from '../../tables/series/faults/fault-choice.ts'
import type { FitTableOptions } from '../../tables/synthesize/fit-table.ts'
import type { Watching } from '../in-thread.ts'
import type { Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import { compareSources } from './compare-sources.ts'
import { fitSpelled } from './fit-spelled.ts'
import { fitTables } from './fit-tables.ts'
import { injectIntoFile } from './inject-faults.ts'
import { writeSample } from './sample-tables.ts'
import { findTableModel, saveTableModel } from './stored-table-models.ts'
import { makeTableResult } from './stored-table-results.ts'

interface OfProject {
  project: string
  read: ReadTableOptions
  seed: number
}

export interface FitWork extends OfProject, Pick<FitTableOptions, 'synthesizer' | 'privacy'> {
  name: string
  files: string[]
  series?: { time: string; entity?: string }
  constraints: string[]
  columns: string[]
  keys: string[]
}

export async function fitWork(workspace: Workspace, choice: FitWork, watching: Watching): Promise<{ model: string }> {
  const { project, name, files, constraints, columns, keys, ...options } = choice
  const model = await fitTables(files, {
    ...options,
    ...whereGiven(watching),
    ...fitSpelled({
      ...(constraints.length > 0 && { constraints }),
      ...(columns.length > 0 && { columns }),
      ...(keys.length > 0 && { keys }),
    }),
  })
  // Where it lay on this machine is nobody’s business.
  await saveTableModel(workspace, project, name, { ...model, source: files.map(file => basename(file)).join(', ') })
  return { model: name }
}

export interface SampleWork extends Omit<SampleOrder, 'maker'> {
  project: string
  model: string
  format: 'csv' | 'parquet' | 'jsonl' | 'sqlite'
}

export async function sampleWork(
  workspace: Workspace,
  { project, model: name, format, ...asked }: SampleWork,
  watching: Watching,
): Promise<{ result: string }> {
  const model = await findTableModel(workspace, project, name)
  const file = model.shape === 'related' || format === 'sqlite' ? `${name}.sqlite` : `${name}.${format}`
  return makeTableResult(workspace, async folder => {
    const out = join(folder, file)
    const { rows, notes } = await writeSample({ maker: { model }, ...asked }, name, {
      ...whereGiven(watching),
      out: file.endsWith('.sqlite') ? `sqlite:${out}` : out,
      card: true,
    })
    const title = asked.where === undefined ? name : `${name} where ${asked.where}`
    return { kind: 'sample', project, title, model: name, rows, notes, verdict: null, quality: null }
  })
}

export interface InjectWork extends OfProject {
  file: string
  time?: string
  entity?: string
  /** As they were asked for, unchecked. */
  faults: object[]
}

export async function injectWork(
  workspace: Workspace,
  { project, file, faults, ...options }: InjectWork,
  watching: Watching,
): Promise<{ result: string }> {
  const name = withoutEnding(file)
  return makeTableResult(workspace, async folder => {
    const { rows, notes } = await injectIntoFile(file, {
      ...options,
      ...whereGiven(watching),
      faults: faults.map(checkedFault),
      out: join(folder, `${name}-faults.csv`),
      intervals: join(folder, `${name}-intervals.csv`),
    })
    return {
      ...{ kind: 'injection', project, title: `Faults in ${basename(file)}`, model: null },
      ...{ rows: { [name]: rows }, notes, verdict: null, quality: null },
    }
  })
}

export interface CompareWork extends OfProject {
  real: string
  synthetic: string
  holdout?: string
  target?: string
  time?: string
  entity?: string
}

export async function compareWork(
  workspace: Workspace,
  { project, real, synthetic, ...options }: CompareWork,
  watching: Watching,
): Promise<{ result: string }> {
  return makeTableResult(workspace, async folder => {
    const { comparison, notes } = await compareSources(real, synthetic, {
      ...options,
      ...whereGiven(watching),
      out: join(folder, 'comparison.html'),
    })
    await writeTextFile(join(folder, 'comparison.json'), `${JSON.stringify(comparison)}\n`)
    const { verdict, quality, tables } = comparison
    return {
      ...{ kind: 'comparison', project, title: `${basename(synthetic)} against ${basename(real)}`, model: null },
      ...{
        rows: Object.fromEntries(tables.map(({ table, rows }) => [table, rows.synthetic])),
        notes,
        verdict,
        quality,
      },
    }
  })
}

/** @throws CultivarError `bad-input` naming the member, as a size of a fault that has none. */
function checkedFault(fault: object, at: number): FaultChoice {
  const checked = faultChoiceSchema.safeParse(fault)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const place = ['faults', at, ...issue!.path].map(String).join('.')
  throw new CultivarError('bad-input', `${place}: ${issue!.message}`, 'Correct this fault.')
}

function withoutEnding(path: string): string {
  return basename(path).replace(/\.[^.]+$/, '')
}

function whereGiven({ signal, observe }: Watching) {
  return { ...(signal && { signal }), ...(observe && { observe }) }
}
