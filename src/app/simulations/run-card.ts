/** The card of a simulated dataset: what it is, how it was made, and the six points to know before using it. */
import { markdownCode, markdownTable, markdownText } from '../../text/markdown.ts'
import { spelledCount, spelledCounts } from '../spelled.ts'
import type { KnownParameter, KnownSimulation } from './known-simulation.ts'
import type { SimulationLineage } from './simulation-lineage.ts'

/** What a card says beyond the lineage of a run. */
interface OfSweep {
  runs: number
  failed: number
  seeds: number
  /** Of each parameter that was varied. */
  values: string[]
}

/** @param learned the report of models that were trained on it */
export function runCard(
  simulation: KnownSimulation,
  lineage: SimulationLineage & { sweep?: OfSweep },
  learned?: string,
): string {
  const { tables, keys = [], populations = [], seed, parameters } = lineage
  return `${[
    `# ${markdownText(simulation.name)}: simulated`,
    `${markdownText(simulation.summary)}. ${madeBy(simulation, lineage)}`,
    lineage.sweep ? runsText(lineage.sweep) : ending(lineage),
    '## Tables',
    markdownTable(
      ['table', 'rows', 'columns'],
      tables.map(({ name, rows, columns }) => [
        markdownText(name),
        spelledCount(rows),
        columns.map(column => markdownCode(column.name)).join(', '),
      ]),
    ),
    ...(keys.length > 0 ? [keysText(keys)] : []),
    '## How it was made',
    `Seed ${markdownCode(String(seed))}; at most ${spelledCounts(lineage.steps, 'step')}${simulation.stepMeans ? `, each ${markdownText(simulation.stepMeans)}` : ''}. ${populations.length > 0 ? `The first agents came from ${populations.map(markdownCode).join(', ')}. ` : ''}\`${lineage.sweep ? 'sweep.json' : 'simulation.json'}\` has all that is needed to make the same bytes again.`,
    parametersTable(simulation.parameters, parameters),
    ...(learned === undefined ? [] : ['## What can be learned from it', `\`\`\`text\n${learned}\n\`\`\``]),
    '## What to know before using it',
    ...sixPoints(simulation, populations).map(([title, lines]) => [`### ${title}`, ...lines].join('\n\n')),
  ].join('\n\n')}\n`
}

function madeBy({ version, from, hash }: KnownSimulation, { cultivar }: SimulationLineage): string {
  const model =
    from === 'built-in' ? `built into it, version ${version}` : `version ${version} in ${markdownCode(from)}`
  const file = hash === undefined ? '' : ` (SHA-256 ${markdownCode(hash)})`
  return `Every row was written by a model that ran in Cultivar ${cultivar}: ${model}${file}. No row stands for anybody.`
}

function ending({ ended: { why, steps, error } }: SimulationLineage): string {
  const done = spelledCounts(steps, 'step')
  if (why === 'stopped') return `**The run was stopped after ${done}: the tables end there.**`
  if (error) return `**The run failed after ${done}: the tables end there.** ${markdownText(error.message)}`
  return why === 'finished' ? `The model ended the run after ${done}.` : `The run had ${done}.`
}

function runsText({ runs, failed, seeds, values }: OfSweep): string {
  const failing =
    failed > 0
      ? ` **${spelledCounts(failed, 'run')} failed: their tables end early, and their errors are in \`runs.csv\`.**`
      : ''
  const varied = values.length > 0 ? `every combination of ${values.map(markdownText).join('; ')}, each with ` : ''
  return `It has ${spelledCounts(runs, 'run')}: ${varied}${spelledCounts(seeds, 'seed')}. \`runs.csv\` says what each run was made with and came to; the column \`run\` of the tables refers to it.${failing}`
}

function keysText(keys: NonNullable<SimulationLineage['keys']>): string {
  const lines = keys.flatMap(({ table, primaryKey, foreignKeys }) => [
    ...(primaryKey.length > 0 ? [`- a row of ${names([table])} is named by ${names(primaryKey)}`] : []),
    ...foreignKeys.map(
      foreign =>
        `- ${names([table])}: ${names(foreign.columns)} names ${names(foreign.references)} of ${names([foreign.table])}`,
    ),
  ])
  return lines.join('\n')
}

function names(list: string[]): string {
  return list.map(markdownCode).join(', ')
}

function parametersTable(known: KnownParameter[], parameters: Record<string, unknown>): string {
  return markdownTable(
    ['parameter', 'value', 'meaning'],
    Object.entries(parameters).map(([name, value]) => {
      const parameter = known.find(one => one.name === name)
      const usual = JSON.stringify(parameter?.default) === JSON.stringify(value) ? '' : ' (not the default)'
      return [
        markdownText(name),
        `${markdownCode(typeof value === 'string' ? value : JSON.stringify(value))}${usual}`,
        markdownText(parameter?.description ?? ''),
      ]
    }),
  )
}

function sixPoints({ from }: KnownSimulation, populations: string[]): [string, string[]][] {
  const own = from !== 'built-in'
  const learned = populations.length > 0
  return [
    [
      'Accuracy',
      [
        'It is as right as the model’s rules and parameters are. Nothing was compared with measurements here.',
        'Fit the parameters to figures of your own, and see how near it comes: `cultivar simulations calibrate`.',
      ],
    ],
    [
      'Bias',
      [
        'What the rules leave out does not happen in it: causes that nobody modelled, and their mixtures. Shares of rare events are those of the parameters, not of the world.',
        'One run is one course of events. What is to hold in general must be seen under several seeds: `cultivar simulations sweep`.',
      ],
    ],
    [
      'Privacy',
      [
        learned
          ? 'The first agents came from files. If these tell of people, so may the tables: take a model that was fitted under differential privacy instead.'
          : 'It was learned from nobody’s data; agents are invented.',
      ],
    ],
    [
      'Over-fitting',
      [
        'Whoever trains on it learns the rules of the model, which are simpler than what they stand for. Test on real rows; test on later steps or on other seeds only to see whether the rules were learned.',
        'Rows of one run depend on each other: parting them at random puts the same moment on both sides. Part them by step or by run.',
      ],
    ],
    ['Expense', ['Made on one machine, without asking a service. The same command makes it again.']],
    [
      'Legal',
      [
        own
          ? 'The tables are yours as far as the model is.'
          : 'The tables are yours; the model is part of Cultivar (Apache-2.0).',
        ...(learned ? ['Terms that bind the files of the first agents may bind the tables too.'] : []),
        'Say that it is simulated wherever it is shown: a row is evidence of no machine, order or person.',
      ],
    ],
  ]
}
