/** The card of drawn tables: what they are, how they were made, and the six points to know before using them. */

import type { SampleOrder } from '../../tables/open-sources.ts'
import type { TableModel } from '../../tables/table-model.ts'
import { markdownCode, markdownTable, markdownText } from '../../text/markdown.ts'
import { spelledCount } from '../spelled.ts'
import { version } from '../version.ts'
import { describeModel } from './model-text.ts'

/** Below this, what is like everybody is like somebody. */
const fewRows = 500

/** @param rows rows drawn, by table; @param maker the file that says how they were made */
export function sampleCard(order: SampleOrder, rows: Record<string, number>, maker: string): string {
  const names = Object.keys(rows)
  const points: [string, string[]][] = [
    ['Accuracy', accuracy(order, maker)],
    ['Bias', bias(order)],
    ['Privacy', privacy(order)],
    ['Over-fitting', overfitting(order)],
    ['Expense', ['Drawn on one machine, without asking a service. It cost seconds of a processor.']],
    ['Legal', legal(order)],
  ]
  return `${[
    `# ${names.length === 1 ? markdownText(names[0]!) : `${names.length} tables`}: synthetic`,
    `Every row was drawn by Cultivar ${version} from ${markdownCode(maker)} with seed ${order.seed}; the same command gives the same bytes. No row stands for anybody.`,
    markdownTable(
      ['table', 'rows'],
      Object.entries(rows).map(([name, count]) => [markdownText(name), spelledCount(count)]),
    ),
    ...made(order),
    '## What to know before using it',
    ...points.map(([title, lines]) => [`### ${title}`, ...lines].join('\n\n')),
  ].join('\n\n')}\n`
}

function made(order: SampleOrder): string[] {
  const asked = [
    ...(order.where === undefined ? [] : [`Only rows of which this is true: ${markdownCode(order.where)}.`]),
    ...(order.balance
      ? [
          `The shares of ${markdownCode(order.balance.column)} were set: ${Object.entries(order.balance.shares)
            .map(([value, share]) => `${markdownText(value)} ${(100 * share).toFixed(1)} %`)
            .join(', ')}. They are not those of the original.`,
        ]
      : []),
  ]
  if (!('model' in order.maker))
    return ['## How it was made', 'Declared by hand: it was learned from no data.', ...asked]
  const { source, learnedFrom, synthesizer, columns, notes } = describeModel(order.maker.model)
  const several = Object.keys(learnedFrom).length > 1
  return [
    '## How it was made',
    `Learned by ${markdownCode(synthesizer)} from ${markdownText(source)}: ${Object.entries(learnedFrom)
      .map(([name, count]) => `${markdownText(name)}, ${spelledCount(count)} rows`)
      .join('; ')}.`,
    ...asked,
    markdownTable(
      ['column', 'type', 'how it is made'],
      columns.map(({ table, name, type, made }) => [
        markdownText(several ? `${table}.${name}` : name),
        type,
        markdownText(made),
      ]),
    ),
    ...(notes.length > 0 ? [notes.map(note => `- ${markdownText(note)}`).join('\n')] : []),
  ]
}

function accuracy({ maker }: SampleOrder, file: string): string[] {
  if (!('model' in maker)) return ['It is as right as its declaration is; nothing was compared with real data.']
  return [
    `How like the original it is was not measured here. Measure it: ${markdownCode('cultivar tables compare REAL SYNTHETIC --holdout HELD-OUT --out comparison.html')}.`,
    `What depends on more than ${markdownCode(file)} has learned, such as rare combinations of many columns, is not in it.`,
  ]
}

function bias({ maker, balance, where }: SampleOrder): string[] {
  if (!('model' in maker)) return ['Shares and dependences are those that were declared.']
  return [
    'What the original over- or under-represents, this does too.',
    ...(balance || where !== undefined
      ? ['It was drawn under conditions (above), so its shares are not those of the original.']
      : []),
  ]
}

function privacy({ maker }: SampleOrder): string[] {
  if (!('model' in maker)) return ['It was learned from nobody’s data.']
  const learned = Object.entries(maker.model.learnedFrom)
  const few = learned.filter(([, rows]) => rows < fewRows)
  const spent = epsilonNotes(maker.model)
  return [
    'Free text, names and ids were made anew; numbers were drawn within ranges. Values that many rows share are kept.',
    spent.length > 0
      ? spent.join(' ')
      : 'It was **not** fitted under differential privacy: whether somebody’s row was among the originals may be guessed better than by chance.',
    ...few.map(
      ([name, rows]) => `**${markdownText(name)} was learned from ${spelledCount(rows)} rows: too few to be safe.**`,
    ),
    'How near its rows are to real ones is measured by `tables compare` with rows that were held out.',
  ]
}

/** What the model itself says of differential privacy. */
function epsilonNotes({ notes }: TableModel): string[] {
  return notes.filter(note => /ε|epsilon/.test(note)).map(markdownText)
}

function overfitting({ maker }: SampleOrder): string[] {
  if (!('model' in maker)) return ['Whoever trains on it learns the declaration.']
  return [
    'Do not evaluate on it: a model that does well here may do so because it learned what the synthesizer assumes. Test on real rows that were not learned from.',
  ]
}

function legal({ maker }: SampleOrder): string[] {
  if (!('model' in maker)) return ['Yours, as its declaration is.']
  return [
    'Whether terms and laws that bind the original bind this too is for whoever publishes it to find out: synthetic does not mean anonymous.',
  ]
}
