/** Records on a report page: their text as data, spans marked, long ones folded. */
import type { Span } from '../../model/record.ts'
import { type Html, html } from '../../text/html.ts'
import { spelledCount } from '../spelled.ts'
import type { RunReport } from './report.ts'
import type { Example } from './report-examples.ts'
import { htmlSection, numberTable } from './report-html-charts.ts'

/** Characters of a field that stand open; of a longer one the rest is folded, up to so many. */
const mostOpen = 400
const mostFolded = 20_000

export function keptSection({ preview }: RunReport): Html | undefined {
  return htmlSection('Some of what was kept', preview.length > 0 && html`${preview.map(each => example(each))}`)
}

export function rejectedSection({ rejects, run }: RunReport): Html | undefined {
  if (rejects.length === 0) return undefined
  return htmlSection(
    'Some of what was rejected',
    html`${rejects.map(each =>
      example(
        each,
        html`<p class="small"><strong>${each.critic}</strong>${each.reason !== '' && html`: ${each.reason}`}</p>`,
      ),
    )}`,
    html`<p class="quiet small">All of them: <code>cultivar runs rejects ${run}</code></p>`,
  )
}

export function failuresSection({ failures, funnel }: RunReport): Html | undefined {
  if (failures.length === 0) return undefined
  const all = Object.values(funnel.failed).reduce((sum, count) => sum + count, 0)
  return htmlSection(
    'Units that failed',
    numberTable(
      ['why', 'unit'],
      failures.map(({ unit, cell, code, message }) => [html`<strong>${code}</strong> in ${cell}: ${message}`, unit]),
    ),
    all > failures.length && html`<p class="quiet small">… and ${spelledCount(all - failures.length)} more.</p>`,
  )
}

function example({ id, cell, labels, fields, spans }: Example, verdict?: Html): Html {
  const names = Object.keys(fields)
  const named = names.length === 1 && names[0] === 'text' ? undefined : names
  const chips = labels.length > 0 ? labels : [cell]
  return html`<article class="example"><p class="small">${chips.map(chip => html`<span class="chip">${chip}</span>`)}<code class="quiet">${id}</code></p>${
    named === undefined
      ? fieldText('text', fields['text'], spans)
      : html`<dl>${named.map(name => html`<dt>${name}</dt><dd>${fieldText(name, fields[name], spans)}</dd>`)}</dl>`
  }${verdict}</article>`
}

function fieldText(name: string, value: unknown, spans: Span[]): Html {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null, null, 1)
  const own = typeof value === 'string' ? spans.filter(({ field }) => field === name) : []
  if (text.length <= mostOpen) return html`<p class="text" dir="auto">${marked(text, own, 0, text.length)}</p>`
  const open = wholeCharacters(text, mostOpen)
  const end = wholeCharacters(text, mostFolded)
  return html`<p class="text" dir="auto">${marked(text, own, 0, open)}…</p><details><summary>${spelledCount(text.length - open)} more characters</summary><p class="text" dir="auto">${marked(text, own, open, end)}${
    end < text.length && html`… <span class="quiet">${spelledCount(text.length - end)} more</span>`
  }</p></details>`
}

/** A part of the text with its spans marked; where spans overlap, the first one. A span that the part cuts is marked as far as it goes. */
function marked(text: string, spans: Span[], from: number, to: number): Html {
  const parts: (Html | string)[] = []
  let at = from
  for (const { start, end, label } of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const [first, last] = [Math.max(start, at), Math.min(end, to)]
    if (start < at && start >= from) continue
    if (first >= last) continue
    parts.push(text.slice(at, first), html`<mark>${text.slice(first, last)}<small>${label}</small></mark>`)
    at = last
  }
  return html`${[...parts, text.slice(at, to)]}`
}

/** At most `most`, not between the halves of a character. */
function wholeCharacters(text: string, most: number): number {
  if (most >= text.length) return text.length
  const code = text.charCodeAt(most - 1)
  return code >= 0xd800 && code <= 0xdbff ? most - 1 : most
}
