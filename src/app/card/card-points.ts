/** The six points a card answers, each from what is known and with what is not: accuracy, bias, privacy, over-fitting, expense, legal. */
import { markdownCode, markdownTable, markdownText } from '../../text/markdown.ts'
import { statingTerms } from '../provider-terms.ts'
import { spelledCount, spelledCounts, spelledDollars, spelledDuration } from '../spelled.ts'
import { type Card, type CardModel, type CardRun, contributing } from './card.ts'
import { overfitting } from './card-overfitting.ts'
import { privacy } from './card-privacy.ts'

/** Shares of real records below which a label is named. */
const mostlyGrown = 0.5
const mostNamed = 20

export function cardPoints(card: Card): string {
  const points: [string, string[]][] = [
    ['Accuracy', accuracy(card)],
    ['Bias', bias(card)],
    ['Privacy', privacy(card)],
    ['Over-fitting', overfitting(card)],
    ['Expense', expense(card)],
    ['Legal', legal(card)],
  ]
  return [
    '## What to know before using it',
    ...points.map(([name, lines]) => [`### ${name}`, ...lines].join('\n\n')),
  ].join('\n\n')
}

/** Whether each run that made records of the dataset had this critic. */
function everyRunHad(card: Card, kind: string): boolean {
  const runs = contributing(card)
  return runs.length > 0 && runs.every(run => had(run, kind))
}

function had({ critics }: CardRun, kind: string): boolean {
  return critics.some(critic => critic.kind === kind)
}

function accuracy(card: Card): string[] {
  const runs = contributing(card)
  const { pending, accepted, rejected } = card.statuses
  const kinds = [...new Set(runs.flatMap(({ critics }) => critics.map(({ kind }) => kind)))]
  const judged = kinds.map(kind => {
    const among = runs.filter(run => had(run, kind)).length
    return `${markdownCode(kind)} (${among === runs.length ? 'every run' : `${among} of ${spelledCounts(runs.length, 'run')}`})`
  })
  const decided = [
    `${spelledCount(accepted.grown)} ${accepted.grown === 1 ? 'was' : 'were'} accepted`,
    `${spelledCount(rejected.grown)} rejected and left out`,
    `${spelledCount(pending.grown)} nobody decided on`,
  ]
  return [
    ...(runs.length === 0 ? [] : [`Critics that judged the synthetic records: ${judged.join(', ') || 'none'}.`]),
    `People, of the synthetic records: ${decided.join(', ')}. ${byHand(card)}`,
    card.records.grown === 0
      ? '**Not known:** whether what people brought is right.'
      : everyRunHad(card, 'grounded')
        ? 'Claims were checked against given facts (critic `grounded`, in every run). **Not known:** whether those facts are right, and whether labels are.'
        : '**Not fact-checked.** Critics judge form, likeness and plausibility; that what the synthetic records say is true, and that their labels are right, is not known.',
  ]
}

/** What people changed, of all records. */
function byHand({ decisions }: Card): string {
  const changes: [string, string][] = [
    ['edit', 'edited'],
    ['relabel', 'given other labels'],
    ['restore', 'taken in although a critic had rejected them or their cell was full'],
  ]
  const made = changes.flatMap(([kind, what]) =>
    decisions[kind] ? [`${spelledCount(decisions[kind])} ${decisions[kind] === 1 ? 'was' : 'were'} ${what}`] : [],
  )
  return made.length === 0 ? 'Nobody edited a record.' : `Of all records, ${made.join(', ')}.`
}

function bias(card: Card): string[] {
  const labels = Object.entries(card.labels)
  const counts = labels.map(([, { real, grown }]) => real + grown)
  const unreal = labels.filter(([, { real, grown }]) => real === 0 && grown > 0).map(([label]) => label)
  const half = labels
    .filter(([, { real, grown }]) => real > 0 && grown / (real + grown) > mostlyGrown)
    .map(([label]) => label)
  return [
    labels.length === 0
      ? 'Records have no labels to be counted by.'
      : `${spelledCounts(labels.length, 'label')}; the largest has ${spelledCounts(Math.max(...counts), 'record')}, the smallest ${spelledCount(Math.min(...counts))} (table above).`,
    ...(unreal.length > 0 ? [`Labels **without a single real example**: ${named(unreal)}.`] : []),
    ...(half.length > 0 ? [`Labels more than half synthetic: ${named(half)}.`] : []),
    `**Not known:** whether people, places, dialects and opinions are represented as they are in reality.${card.models.length > 0 ? ' A model’s habits are in what it writes; this dataset inherits those of the models named under “Legal”, and of the seeds.' : ''}`,
  ]
}

function named(labels: string[]): string {
  const rest = labels.length - mostNamed
  return labels.slice(0, mostNamed).map(markdownCode).join(', ') + (rest > 0 ? ` and ${spelledCount(rest)} more` : '')
}

function expense(card: Card): string[] {
  const { spent, spentByModel, durationMs, runs, records } = card
  const idle = runs.length - contributing(card).length
  if (spent.calls === 0) return ['No model was paid: no call was made by any run.']
  const unpriced = spentByModel.some(({ nanoUsd, provider }) => nanoUsd === 0 && provider !== null)
  return [
    `${spelledCounts(runs.length, 'run')}${idle > 0 ? ` (${spelledCount(idle)} left nothing here)` : ''}: ${spelledCounts(spent.calls, 'call')}, ${spelledCounts(spent.tokens, 'token')}, ${spent.nanoUsd > 0 ? spelledDollars(spent.nanoUsd) : 'at prices nobody stated'}, ${spelledDuration(durationMs)}${records.grown > 0 ? `; ${spelledCount(spent.tokens / records.grown)} tokens for each synthetic record` : ''}.`,
    markdownTable(
      ['provider', 'model', 'calls', 'tokens', 'cost'],
      spentByModel.map(({ provider, model, calls, tokens, nanoUsd }) => [
        provider === null ? 'never answered' : markdownCode(provider),
        model === null ? '–' : markdownCode(model),
        spelledCount(calls),
        spelledCount(tokens),
        nanoUsd > 0 ? spelledDollars(nanoUsd) : '–',
      ]),
      ['left', 'left', 'right', 'right', 'right'],
    ),
    `**Not known:** ${unpriced ? 'the cost of models for which no price was stated, ' : ''}what vectors of an embedder, machines and people’s time cost.`,
  ]
}

function legal(card: Card): string[] {
  const { models, sources } = card
  const files = Object.entries(sources).map(
    ([file, count]) => `${markdownCode(file)} (${spelledCounts(count, 'record')})`,
  )
  return [
    models.length === 0
      ? 'No model wrote any of it.'
      : [
          'Models that wrote or judged, and the licence terms their user stated:',
          models.map(modelLine).join('\n'),
        ].join('\n\n'),
    files.length === 0
      ? 'Nothing was imported.'
      : `Imported: ${files.join(', ')}. Licence of these sources: **not stated**.`,
    `**Not known:** ${models.length > 0 ? 'whether those terms allow what you mean to do, training other models above all; and ' : ''}a licence of the dataset itself, which whoever publishes it has to choose.`,
  ]
}

function modelLine({ provider, model, roles, terms }: CardModel): string {
  const stated = terms === undefined ? `**not stated** (${markdownCode(statingTerms(provider))})` : markdownText(terms)
  return `- ${markdownCode(model)} of ${markdownCode(provider)}${roles.length > 0 ? ` (${roles.map(markdownText).join(', ')})` : ''}: ${stated}`
}
