/** What a card says of privacy: whether personal data was looked for, and where text was sent. */
import { markdownCode, markdownText } from '../../text/markdown.ts'
import { spelledCount, spelledCounts } from '../spelled.ts'
import { type Card, type CardModel, type CardRun, contributing } from './card.ts'

export function privacy(card: Card): string[] {
  return [...looked(card), sent(card), unknown(card)]
}

function looked(card: Card): string[] {
  const runs = contributing(card)
  if (runs.length === 0) return ['No run looked for personal data: nothing was grown.']
  const on = runs.filter(({ critics }) => critics.some(({ kind }) => kind === 'privacy'))
  const off = runs.filter(run => !on.includes(run)).map(({ id }) => markdownCode(id))
  if (on.length === 0) {
    return ['Critic `privacy`: **off in every run**. Nobody looked for personal data in the synthetic records.']
  }
  const { replaced, rejected } = card.personalData
  const where =
    off.length === 0
      ? 'every run'
      : `${spelledCount(on.length)} of ${spelledCounts(runs.length, 'run')}, **off in** ${off.join(', ')}`
  const settings = new Set(
    on.flatMap(({ critics }) => critics.filter(({ kind }) => kind === 'privacy').map(settingsText)),
  )
  return [
    `Critic \`privacy\`: on in ${where} (${[...settings].join('; ')}). It replaced by placeholders: ${counted(replaced)}. It rejected candidates for: ${counted(rejected)}.`,
  ]
}

function settingsText({ settings }: CardRun['critics'][number]): string {
  const given = Object.entries(settings).map(([name, value]) => markdownCode(`${name}: ${JSON.stringify(value)}`))
  return given.length === 0 ? 'as it is by default' : given.join(', ')
}

function counted(found: Record<string, number>): string {
  const kinds = Object.entries(found).sort((a, b) => b[1] - a[1])
  return kinds.map(([kind, count]) => `${spelledCount(count)} ${markdownText(kind)}`).join(', ') || 'nothing'
}

function sent({ models, runs, project }: Card): string {
  const levels = [...new Set(runs.flatMap(({ egress }) => (egress ? [egress.level] : [])))]
  const redacted = runs.filter(({ egress }) => egress?.redacted).length
  const away = [...new Set(models.filter(({ loopback }) => !loopback).map(place))]
  const said = levels.length > 0 ? `Egress when it was grown: ${levels.join(', ')}` : `Egress: ${project.egress}`
  const where =
    models.length === 0
      ? 'no text was sent to any model'
      : away.length === 0
        ? 'text was sent to models on the user’s machine only'
        : `text, examples among it, was sent to ${away.join(', ')}`
  return `${said}; ${where}${redacted > 0 ? `; in ${spelledCounts(redacted, 'run')} personal data that was found was replaced by placeholders in what was sent` : ''}.`
}

function place({ host, provider }: CardModel): string {
  return host === null ? `${markdownText(provider)} (at a host that no report names)` : markdownCode(host || provider)
}

function unknown({ records }: Card): string {
  const real = records.real > 0 ? ` The ${spelledCounts(records.real, 'real record')} were imported as they were.` : ''
  return `**Not known:** what has no shape to be found by, and whether a name or a story belongs to a living person.${real}`
}
