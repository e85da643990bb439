/** A run’s report as one page that needs nothing else: no script, no font, no picture from anywhere. */
import { type Html, html, htmlText } from '../../text/html.ts'
import { statingTerms } from '../provider-terms.ts'
import { spelledCount, spelledCounts, spelledDollars, spelledDuration } from '../spelled.ts'
import type { ReportedModel, RunReport } from './report.ts'
import { htmlSection, numberTable } from './report-html-charts.ts'
import { balanceSection, cellsSection, funnelSection } from './report-html-counts.ts'
import { failuresSection, keptSection, rejectedSection } from './report-html-examples.ts'
import { diversitySection, lengthsSection, nearCopiesSection } from './report-html-quality.ts'
import { style } from './report-html-style.ts'
import { stateWords } from './report-text.ts'

/** Notes that stand open. */
const mostNotes = 12

/** Text of records, models and servers stands in it as text, whatever it holds. */
export function reportHtml(report: RunReport): string {
  const { quality, project, run } = report
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Run ${run} of ${project}</title>
${style}
</head>
<body>
<main>
${heading(report)}
${funnelSection(report)}
${cellsSection(report)}
${balanceSection(report)}
${quality && [lengthsSection(quality), diversitySection(quality), nearCopiesSection(quality)].filter(part => part !== undefined)}
${keptSection(report)}
${rejectedSection(report)}
${failuresSection(report)}
${costSection(report)}
${termsSection(report)}
${notesSection(report)}
${nextSection(report)}
</main>
<footer class="quiet small">${
    quality &&
    html`<p>Lengths, diversity and near-copies are of ${spelledCounts(quality.texts.grown, 'kept text')} and ${spelledCounts(quality.texts.real, 'real training record')} that the run could see${
      quality.texts.grown < report.kept && ', spread evenly over all'
    }.</p>`
  }<p>Training on synthetic data alone is ill-advised: keep real records in the training set, and evaluate on real ones.</p></footer>
</body>
</html>
`
  return htmlText(page)
}

function heading(report: RunReport): Html {
  const { state, kept, target, spent } = report
  const reasons = state === 'short' ? [] : report.reason.split('\n').filter(Boolean)
  const facts: [string, string][] = [
    ['kept', `${spelledCount(kept)} of ${spelledCount(target)}`],
    ['calls', spelledCount(spent.calls)],
    ['tokens', spelledCount(spent.tokens)],
    ['cost', costOf(report)],
    ['time', spelledDuration(report.durationMs)],
  ]
  return html`<header><h1>${report.project}: ${spelledCount(kept)} of ${spelledCount(target)} kept</h1>
<p class="quiet">Run <code>${report.run}</code>, ${stateWords[state]} · generator ${report.generator} · begun ${minute(report.createdMs)}</p>
${report.models.length > 0 && html`<p class="quiet">${report.models.map((model, at) => html`${at > 0 && ' · '}${modelText(model)}`)}</p>`}
${state !== 'done' && state !== 'running' && html`<div class="notice">${[...reasons, report.hint].filter(Boolean).map(line => html`<p>${line}</p>`)}</div>`}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></header>`
}

function modelText({ role, provider, model, host, loopback }: ReportedModel): string {
  return `${role} ${provider} (${model}${loopback ? ', on this machine' : host ? `, at ${host}` : ''})`
}

/** Without a price the cost is not nothing but unknown. */
function costOf({ spent }: RunReport): string {
  if (spent.nanoUsd > 0) return spelledDollars(spent.nanoUsd)
  return spent.calls > 0 ? 'no price stated' : '$0'
}

function costSection(report: RunReport): Html | undefined {
  const { spentByModel, spent } = report
  if (spent.calls === 0) return undefined
  const rows = spentByModel.map(({ provider, model, calls, tokens, nanoUsd }) => [
    provider === null ? 'calls that were never answered' : `${provider} (${model})`,
    spelledCount(calls),
    spelledCount(tokens),
    nanoUsd > 0 ? spelledDollars(nanoUsd) : '–',
  ])
  const each = report.kept > 0 ? html`<p>${perRecord(report)}</p>` : undefined
  return htmlSection('Cost and time', numberTable(['model', 'calls', 'tokens', 'cost'], rows), each)
}

function perRecord({ spent, kept, durationMs }: RunReport): string {
  const dollars = spent.nanoUsd > 0 ? ` and ${spelledDollars(spent.nanoUsd / kept)}` : ''
  return `A kept record took ${spelledCount(spent.tokens / kept)} tokens${dollars}; the run took ${spelledDuration(durationMs)}.`
}

function termsSection({ models }: RunReport): Html | undefined {
  const providers = [...new Map(models.map(model => [model.provider, model])).values()]
  if (providers.length === 0) return undefined
  return htmlSection(
    'Licence terms of the models',
    html`<ul>${providers.map(
      ({ provider, model, terms }) =>
        html`<li><strong>${provider}</strong> (${model}): ${
          terms ?? html`not stated. State them: <code>${statingTerms(provider)}</code>`
        }</li>`,
    )}</ul>`,
  )
}

function notesSection({ notes }: RunReport): Html | undefined {
  if (notes.length === 0) return undefined
  const list = (lines: string[]) => html`<ul>${lines.map(line => html`<li>${line}</li>`)}</ul>`
  const rest = notes.slice(mostNotes)
  return htmlSection(
    'Notes',
    list(notes.slice(0, mostNotes)),
    rest.length > 0 &&
      html`<details><summary>${spelledCounts(rest.length, 'more note')}</summary>${list(rest)}</details>`,
  )
}

function nextSection({ next }: RunReport): Html | undefined {
  return htmlSection('Next', html`<pre><code>${next.join('\n')}</code></pre>`)
}

function minute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
