/** Spans of styled text as inline Markdown. */
import type { Span } from './lines.ts'

export function inlineMarkdown(spans: readonly Span[], { emphasis }: { emphasis: boolean }): string {
  return spans.map(span => marked(span, emphasis)).join('')
}

function marked(span: Span, emphasis: boolean): string {
  const [, before, text, after] = /^(\s*)(.*?)(\s*)$/s.exec(span.text)!
  if (text === '') return span.text
  if (span.script) return `${before}<${span.script}>${escaped(text!)}</${span.script}>${after}`
  if (span.mono && /[\p{L}\p{N}]/u.test(text!) && !text!.includes('`')) return `${before}\`${text}\`${after}`
  const isWord = /[\p{L}\p{N}]/u.test(text!)
  const mark = emphasis && isWord ? `${span.bold ? '**' : ''}${span.italic ? '*' : ''}` : ''
  return `${before}${mark}${escaped(text!)}${[...mark].reverse().join('')}${after}`
}

/** What Markdown would take for markup, and nothing else, so that text can be found as it stands. */
function escaped(text: string): string {
  return text
    .replaceAll('\u00ad', '')
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replace(/[*`](?=.*[*`])|(?<=[*`].*)[*`]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}_])_(?=[\p{L}\p{N}].*_(?![\p{L}\p{N}_]))/gu, '\\_')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/\](?=[([])/g, '\\]')
    .replace(/~(?=~)/g, '\\~')
}

/** A paragraph that begins like a heading, a list, a quotation or a rule. */
export function escapedStart(markdown: string): string {
  return markdown
    .replace(/^(#{1,6}\s|>|[-+](?=\s)|[-=]{3,}\s*$|\|)/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s)/, '$1\\$2')
}
