/** The lineage of a record as people read it, prompts and replies whole. */
import type { Lineage } from '../app/lineage.ts'
import { printable } from '../app/preview-table.ts'
import { wrapped } from '../app/report/report-text.ts'
import { spelledCounts, spelledDollars } from '../app/spelled.ts'
import { type EditStep, textOf } from '../model/record.ts'
import { decisionLines } from './decision-text.ts'
import { recordText } from './record-text.ts'

export function lineageText(lineage: Lineage): string {
  const { record, run, unit, seeds, decisions, calls, cost, sharedBy } = lineage
  const parts: string[][] = [[recordText(record)]]
  if (run) {
    const { recipe } = run.snapshot
    parts.push([
      `Run ${run.id}: ${recipe.generator} → project ${run.project}, seed ${recipe.seed}`,
      ...(unit
        ? [`unit ${unit.ordinal} of cell “${printable(unit.cell)}”, round ${unit.round}, asked for ${unit.asks}`]
        : []),
      `recipe: .cultivar/runs/${run.id}/recipe.yaml`,
    ])
  }
  if (seeds.length > 0) {
    parts.push([
      'Made from',
      ...seeds.flatMap(seed => wrapped(`${seed.id} (${seed.labels.join(', ') || seed.cell}) ${textOf(seed)}`)),
    ])
  }
  if (record.steps.length > 0) {
    parts.push([
      'Changed by',
      ...record.steps.flatMap(({ kind, edits }) => edits.flatMap(edit => wrapped(`${kind} ${editText(edit)}`))),
    ])
  }
  if (decisions.length > 0) parts.push(['Decisions', ...decisions.flatMap(decisionLines).map(line => `  ${line}`)])
  for (const { role, critic, provider, model, key, request, reply, tokens, nanoUsd, attempts } of calls) {
    const price = nanoUsd > 0 ? `, ${spelledDollars(nanoUsd)}` : ''
    parts.push([
      `Call ${key.slice(0, 12)}: ${role}${critic ? ` by ${critic}` : ''}, ${provider} (${model}), ${spelledCounts(tokens, 'token')}${price}, ${spelledCounts(attempts.length, 'attempt')}`,
      ...(request.kind === 'chat' ? request.messages : []).flatMap(({ role, content }) => [
        `  [${role}]`,
        ...block(content),
      ]),
      `  [reply, ${reply.finish}]`,
      ...block(reply.text),
    ])
  }
  if (calls.length > 0) {
    const shared = sharedBy > 1 ? `; the call that proposed it gave ${sharedBy} candidates` : ''
    const money = cost.nanoUsd > 0 ? `, ${spelledDollars(cost.nanoUsd)}` : ''
    parts.push([`Cost: ${spelledCounts(cost.calls, 'call')}, ${spelledCounts(cost.tokens, 'token')}${money}${shared}`])
  }
  return parts.map(lines => lines.join('\n')).join('\n\n')
}

function editText({ start, end, text }: EditStep['edits'][number]): string {
  return `${start}–${end}: ${JSON.stringify(text)}`
}

/** As it is, but for characters that a terminal would obey. */
function block(text: string): string[] {
  return text
    .replace(/[^\P{Cc}\n\t]/gu, '�')
    .split('\n')
    .map(line => `  ${line}`)
}
