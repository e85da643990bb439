/** The trainable models on the real data sets beside the project, and the loop that makes them robust: figures with the limits they must keep. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importRecords } from '../src/app/import-records.ts'
import { improve } from '../src/app/improve/improve.ts'
import { trainModel } from '../src/app/models/train-model.ts'
import { createProject } from '../src/app/projects.ts'
import { initWorkspace, openWorkspace, type Workspace } from '../src/app/workspace.ts'
import { readSuite } from '../src/suites/suite.ts'
import { type Benchmark, type Case, costOf, type Figure } from './benchmark.ts'

const data = join(import.meta.dirname, '..', '..', 'shared', 'data')

interface DataSet {
  name: string
  kind: 'classification' | 'entities'
  format?: string
  train: string
  test: string
  /** Accuracy of labels, micro F1 of entities; absent where it is reported only. */
  atLeast?: number
}

const sets: DataSet[] = [
  {
    name: 'banking77',
    kind: 'classification',
    train: 'text/banking77/train.csv',
    test: 'text/banking77/test.csv',
    atLeast: 0.91,
  },
  {
    name: 'bc5cdr',
    kind: 'entities',
    format: 'conll',
    train: 'ner/bc5cdr/train.tsv',
    test: 'ner/bc5cdr/test.tsv',
    atLeast: 0.8,
  },
  {
    name: 'wnut17',
    kind: 'entities',
    format: 'conll',
    train: 'ner/wnut17/wnut17train.conll',
    test: 'ner/wnut17/emerging.test.annotated',
  },
]

const suite = `
tests:
  defaults: { min_pass_rate: 0.95 }
  robustness:
    uppercase: {}
    lowercase: {}
    titlecase: {}
    add_typo: {}
    add_ocr_typo: {}
    add_context: {}
`

export const models: Benchmark = quick =>
  existsSync(data)
    ? sets.flatMap((set): Case[] => [
        { name: `${set.name}: train and test`, run: () => inWorkspace(set, train) },
        ...(quick ? [] : [{ name: `${set.name}: improve`, run: () => inWorkspace(set, close) }]),
      ])
    : [{ name: 'an empty list: there are no data sets beside the project', run: async () => [] }]

async function train(workspace: Workspace, { atLeast }: DataSet): Promise<Figure[]> {
  const { model, test } = await trainModel(workspace, { project: 'bench' })
  const { scores, calibration } = test
  const isLabels = test.task === 'classification'
  return [
    {
      name: isLabels ? 'accuracy' : 'micro F1',
      value: isLabels ? scores.accuracy : scores.micro.f1,
      unit: '',
      ...(atLeast !== undefined && { limit: { atLeast } }),
    },
    { name: 'calibration error', value: calibration!.error, unit: '', ...(isLabels && { limit: { atMost: 0.03 } }) },
    { name: 'training, one core', value: model.training.cpuMs / 1000, unit: 's', limit: { atMost: 20 } },
    { name: 'model', value: model.bytes / 1e6, unit: 'MB' },
  ]
}

async function close(workspace: Workspace, { atLeast }: DataSet): Promise<Figure[]> {
  const options = { project: 'bench', suite: readSuite(suite, 'bench') }
  let comparison: Awaited<ReturnType<typeof improve>>['comparison'] = null
  const { cpuMs } = await costOf(async () => {
    comparison = (await improve(workspace, options)).comparison
  })
  const { gapClosed, clean, tests } = comparison!
  // What is reported only has no limits.
  const limited = (limit: NonNullable<Figure['limit']>) => (atLeast === undefined ? {} : { limit })
  return [
    ...tests.flatMap(({ test, before, after, entityRates }) => [
      { name: `${test} before`, value: before.rate, unit: '' },
      { name: `${test} after`, value: after.rate, unit: '' },
      ...(entityRates
        ? [{ name: `${test} after, with entities`, value: entityRates.after ?? Number.NaN, unit: '' }]
        : []),
    ]),
    { name: 'mean gap closed', value: gapClosed.value, unit: '', ...limited({ atLeast: 0.4 }) },
    { name: 'low end of its 95 %', value: gapClosed.interval.low, unit: '', ...limited({ atLeast: 0 }) },
    { name: 'clean score, change', value: clean.difference.value, unit: '', ...limited({ atLeast: -0.01 }) },
    { name: 'processor time', value: cpuMs / 1000, unit: 's' },
  ]
}

async function inWorkspace(
  set: DataSet,
  measure: (workspace: Workspace, set: DataSet) => Promise<Figure[]>,
): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-bench-'))
  await initWorkspace(folder)
  const workspace = await openWorkspace({ folder, cwd: folder, environment: {} })
  try {
    await createProject(workspace, { name: 'bench', kind: set.kind })
    const format = set.format === undefined ? {} : { format: set.format }
    await importRecords(workspace, { project: 'bench', file: join(data, set.train), ...format })
    await importRecords(workspace, { project: 'bench', file: join(data, set.test), split: 'test', ...format })
    return await measure(workspace, set)
  } finally {
    await workspace.close()
    rmSync(folder, { recursive: true })
  }
}
