/** A dataset card: Markdown with the head that Hugging Face reads. */
import { markdownCode, markdownTable, markdownText } from '../../text/markdown.ts'
import { spelledCount, spelledCounts, spelledShare } from '../spelled.ts'
import { type Card, type CardRun, contributing, type Parts } from './card.ts'
import { type CardFile, cardHead, loaders } from './card-head.ts'
import { cardPoints } from './card-points.ts'

const mostListed = 100

export function cardText(card: Card, file?: CardFile): string {
  return `${[
    cardHead(card, file),
    `# ${card.project.name}`,
    what(card, file),
    section('What is in it', columns(card), splits(card), labels(card)),
    section('How it was grown', runs(card), versions(card)),
    section('How to load it', loading(card, file)),
    cardPoints(card),
  ]
    .filter(part => part !== '')
    .join('\n\n')}\n`
}

function section(title: string, ...parts: string[]): string {
  const shown = parts.filter(part => part !== '')
  return shown.length === 0 ? '' : [`## ${title}`, ...shown].join('\n\n')
}

function what({ project, records }: Card, file: CardFile | undefined): string {
  const all = records.real + records.grown
  const kinds: Record<Card['project']['kind'], string> = {
    classification: 'Texts with class labels',
    entities: 'Texts with entity spans',
    records: 'Records of named fields',
    text: 'Plain texts',
  }
  const share = all > 0 ? ` (${spelledShare(records.grown / all)})` : ''
  return [
    ...(project.instructions ? [markdownText(project.instructions), ''] : []),
    `${kinds[project.kind]}: ${spelledCounts(all, 'record')}, of which ${spelledCount(records.grown)}${share} are synthetic and ${spelledCount(records.real)} were brought by people.`,
    ...(file ? ['', fileText(file)] : []),
  ].join('\n')
}

function fileText({ name, records, only }: CardFile): string {
  const part = only.length > 0 ? `, which is a part of the dataset: ${only.map(markdownText).join('; ')}` : ''
  return `${markdownCode(name)} holds ${spelledCounts(records, 'record')}${part}.`
}

const meanings: Record<string, string> = {
  id: 'Stays the same whenever the record is exported',
  label: 'The class',
  labels: 'The classes, where a record has several',
  spans: 'Entities: `start` and `end` (exclusive) in code points, `label`, and `field` where it is not `text`',
  tags: 'Tags',
  split: '`train`, `validation` or `test`',
  status: 'What a person decided: `accepted`, or `pending` where nobody looked',
}

function columns(card: Card): string {
  const tags = new Set(contributing(card).flatMap(run => run.tags))
  const own = tags.size > 0 ? ` (runs give ${[...tags].map(markdownCode).join(', ')})` : ''
  return markdownTable(
    ['column', 'what it holds'],
    card.columns.map(column => [
      markdownCode(column),
      `${meanings[column] ?? 'A field'}${column === 'tags' ? own : ''}`,
    ]),
  )
}

function splits({ splits }: Card): string {
  return partsTable('split', Object.entries(splits))
}

function labels({ labels }: Card): string {
  const ordered = Object.entries(labels).sort((a, b) => sum(b[1]) - sum(a[1]))
  const rest = ordered.slice(mostListed)
  const more = rest.length > 0 ? `\n\n… and ${spelledCounts(rest.length, 'more label')}.` : ''
  return partsTable('label', ordered.slice(0, mostListed)) + more
}

function partsTable(name: string, rows: [string, Parts][]): string {
  if (rows.length === 0) return ''
  return markdownTable(
    [name, 'real', 'synthetic', 'synthetic share'],
    rows.map(([value, parts]) => [
      markdownCode(value),
      spelledCount(parts.real),
      spelledCount(parts.grown),
      sum(parts) === 0 ? '–' : spelledShare(parts.grown / sum(parts)),
    ]),
    ['left', 'right', 'right', 'right'],
  )
}

function runs(card: Card): string {
  const grown = contributing(card)
  if (grown.length === 0) return 'Nothing in it was grown.'
  return markdownTable(
    ['run', 'begun', 'generator', 'seed', 'records', 'critics'],
    grown.map(({ id, createdMs, generator, seed, records, critics }) => [
      markdownCode(id),
      new Date(createdMs).toISOString().slice(0, 10),
      markdownCode(generator),
      String(seed),
      spelledCount(records),
      critics.map(({ kind }) => markdownCode(kind)).join(', ') || '–',
    ]),
    ['left', 'left', 'left', 'right', 'right'],
  )
}

function versions(card: Card): string {
  const all = new Map<string, Set<string>>()
  for (const run of contributing(card)) {
    for (const [name, version] of versionsOf(run)) all.set(name, (all.get(name) ?? new Set()).add(version))
  }
  if (all.size === 0) return ''
  const listed = [...all].map(
    ([name, versions]) => `${markdownCode(name)} ${[...versions].map(markdownText).join(' / ')}`,
  )
  return `Versions: ${listed.join(', ')}.`
}

/** Files go by their names: their hashes tell a reader nothing. */
function versionsOf({ versions }: CardRun): [string, string][] {
  return Object.entries(versions).filter(([name]) => !name.startsWith('file:'))
}

function loading({ project }: Card, file: CardFile | undefined): string {
  if (file?.splits)
    return `${python(`dataset = load_dataset(${JSON.stringify(file.name)})`)}\n\nOne file a split, in \`data\`.`
  const name = file?.name ?? `${project.name}.jsonl`
  const loader = loaders[file?.format ?? 'jsonl']
  const exporting = file ? '' : `\`\`\`sh\ncultivar records export ${project.name} --out ${name}\n\`\`\`\n\n`
  if (!loader) return `Written in format ${markdownCode(file?.format ?? '')}.`
  const read = `dataset = ${loader(JSON.stringify(name))}["train"]`
  return `${exporting}${python(read)}\n\nThe split of each record is in its column \`split\`; \`datasets\` calls the whole file \`train\`.`
}

function sum({ real, grown }: Parts): number {
  return real + grown
}

function python(line: string): string {
  return `\`\`\`python\nfrom datasets import load_dataset\n\n${line}\n\`\`\``
}
