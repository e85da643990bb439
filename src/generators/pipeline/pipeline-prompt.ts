/** The prompts of pipelines: files with slots, and how slots are filled so that no text gets out of its place. */
import type { Message } from '../../model/request.ts'
import { quotedData } from '../../text/quoted-data.ts'
import type { PromptText, SlotValue } from './pipeline.ts'

const file = /^---\n(?<front>[\s\S]*?)\n---\n\s*# system\n(?<system>[\s\S]*?)\n# user\n(?<user>[\s\S]*)$/
const slot = /^[ \t]*\{\{(?<alone>[a-z0-9_-]+)\}\}[ \t]*(?:\n|$)|\{\{(?<within>[a-z0-9_-]+)\}\}/gm

/**
 * Reads a prompt file: front matter with `id` and `version`, then `# system` and `# user` on lines of their own, each followed by its text.
 * Undefined if it has another form.
 */
export function readPromptFile(text: string): PromptText | undefined {
  const { front = '', system = '', user = '' } = file.exec(text.replaceAll('\r\n', '\n'))?.groups ?? {}
  const id = /^id:\s*([a-z0-9-]+)\s*$/m.exec(front)?.[1]
  const version = /^version:\s*(\d+)\s*$/m.exec(front)?.[1]
  if (id === undefined || version === undefined || system.trim() === '' || user.trim() === '') return undefined
  return { id: `${id}@${version}`, system: system.trim(), user: user.trim() }
}

/** Names of the slots that a prompt has, each once. */
export function slotsOf({ system, user }: PromptText): string[] {
  const names = [...`${system}\n${user}`.matchAll(slot)].map(({ groups }) => groups!['alone'] ?? groups!['within']!)
  return [...new Set(names)]
}

/**
 * Fills the slots. One alone on its line becomes a block between tags of its name, which vanishes with them when there is nothing to
 * show; one within a sentence becomes a JSON string, a number stays one. `form` says how the reply is to look.
 */
export function renderPrompt(prompt: PromptText, slots: Record<string, SlotValue>, form: string): Message[] {
  const tags = new RegExp(
    `<(?=\\s*/?\\s*(?:${[...slotsOf(prompt).map(tagOf), 'examples', 'example'].join('|')})\\b)`,
    'gi',
  )
  const fill = (text: string) =>
    text
      .replace(slot, (_, alone: string | undefined, within: string | undefined) =>
        alone === undefined ? inline(slots[within!] ?? '', tags) : block(alone, slots[alone] ?? '', tags),
      )
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  return [
    { role: 'system', content: fill(prompt.system) },
    { role: 'user', content: `${fill(prompt.user)}\n\n${form}` },
  ]
}

const tagOf = (name: string) => name.replaceAll('_', '-')

function inline(value: SlotValue, tags: RegExp): string {
  if (typeof value === 'number') return String(value)
  return quotedData(fenced(typeof value === 'string' ? value : JSON.stringify(value), tags))
}

function block(name: string, value: SlotValue, tags: RegExp): string {
  const text = typeof value === 'object' ? examplesText(value, tags) : fenced(String(value), tags)
  return text.trim() === '' ? '' : `<${tagOf(name)}>\n${text}\n</${tagOf(name)}>\n`
}

function examplesText(examples: Record<string, string>[], tags: RegExp): string {
  return examples
    .map(parts => {
      const lines = Object.entries(parts).map(([name, value]) => `${name}: ${fenced(value, tags)}`)
      return `<example>\n${lines.join('\n')}\n</example>`
    })
    .join('\n')
}

/** A text cannot close or open a tag of its prompt: the bracket of such a tag is written as another character. */
function fenced(text: string, tags: RegExp): string {
  return text.replace(tags, '‹')
}
