/** Requests and answers of an endpoint, in the shapes it may speak. */
import type { Task } from '../../model/example.ts'
import { isMember } from '../answer-values.ts'
import { quoted, shown } from '../failure.ts'
import type { HttpSettings } from './settings.ts'

export function requestBody({ body, parameters }: HttpSettings, texts: readonly string[]): string {
  const asked = body === 'one' ? { text: texts[0] } : { [body]: texts }
  return JSON.stringify({ ...asked, ...(parameters && { parameters }) })
}

/** The answers, one a text and in their order, or what is wrong with the whole. */
export function answersIn(value: unknown, count: number, task: Task): { answers: unknown[] } | { wrong: string } {
  const list = isMember(value) && 'predictions' in value ? value['predictions'] : value
  if (count === 1 && isWhole(list, task)) return { answers: [list] }
  if (!Array.isArray(list)) {
    if (isMember(list) && list['error'] !== undefined) return { wrong: `It says: ${quoted(wordsOf(list))}` }
    return { wrong: `The answer is no list of predictions: ${shown(value)}` }
  }
  if (list.length === count) return { answers: list }
  return { wrong: `${list.length} ${list.length === 1 ? 'prediction' : 'predictions'} came for ${count} texts.` }
}

/** Whether it is the answer for one text, without a list around it. */
function isWhole(value: unknown, task: Task): boolean {
  if (isMember(value)) return ['label', 'labels', 'entities'].some(name => name in value)
  if (typeof value === 'string') return task === 'classification'
  if (!Array.isArray(value)) return false
  if (task === 'entities') return value.every(item => isMember(item) && 'start' in item && 'end' in item)
  const scored = value.every(item => isMember(item) && 'label' in item && 'score' in item)
  return value.length > 1 && scored && new Set(value.map(({ label }) => label)).size === value.length
}

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.length > 0) return wordsOf(value[0])
  if (!isMember(value)) return shown(value)
  const said = value['error'] ?? value['message'] ?? value['detail'] ?? value['msg']
  return said === undefined ? shown(value) : wordsOf(said)
}

/** Nothing beyond is looked at for words. */
const longestPage = 20_000

/** What a server says is wrong, wherever in its answer it says so; empty if it says nothing. */
export function serverWords(body: string): string {
  const value = parsed(body)
  if (value !== undefined) return quoted(wordsOf(value))
  const page = body.slice(0, longestPage)
  return quoted(page.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' '))
}

/** The JSON of an answer, or what it is instead. */
export function readJson(body: string): { value: unknown } | { wrong: string } {
  const value = parsed(body)
  if (value !== undefined) return { value }
  if (body.trim() === '') return { wrong: 'The answer is empty.' }
  if (/^\s*</.test(body)) return { wrong: `The answer is a web page instead of JSON: “${serverWords(body)}”` }
  const number = /[[:,]\s*(-?(?:NaN|Infinity))\b/.exec(body)?.[1]
  if (number) return { wrong: `The answer holds ${number}, which is no score and no JSON.` }
  return { wrong: `The answer is no JSON: “${quoted(body)}”` }
}

/** Undefined, which JSON cannot say, if the text is no JSON. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
