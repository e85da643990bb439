/** Reading the JSON of a model's reply, whatever it is wrapped in, and telling a refusal from an answer. */
import { jsonrepair } from 'jsonrepair'

/** `repaired`: the JSON itself had to be mended, not only unwrapped. `error` is a sentence for a re-ask. */
type JsonReply = { value: unknown; repaired: boolean; error?: undefined } | { error: string }

/**
 * The JSON value of a reply. Takes off a byte-order mark, reasoning, Markdown fences and prose around the value; of
 * several values the longest counts; objects that follow one another directly (JSON Lines) become one array. What does
 * not parse as it stands is mended: cut ends, missing or trailing commas, single quotes and the like. Escaped unpaired
 * surrogates stay as they are. Pure; never throws.
 */
export function parseJsonReply(text: string): JsonReply {
  const whole = text.replace(/^\uFEFF/, '').trim()
  if (whole === '') return { error: 'The reply is empty.' }
  const body = withoutReasoning(whole)
  for (const slice of [whole, body, fenced(body)]) {
    const value = strict(slice)
    if (value !== undefined) return { value, repaired: false }
  }
  for (const group of groups(body).sort((a, b) => size(b) - size(a))) {
    const values = group.map(part => strict(part) ?? mended(part))
    if (values.every(value => value !== undefined)) {
      return {
        value: values.length === 1 ? values[0] : values,
        repaired: group.some(part => strict(part) === undefined),
      }
    }
  }
  return { error: 'The reply holds no JSON object or array that can be read.' }
}

/**
 * What follows the reasoning of models that think aloud. Some leave out the opening tag; then the closing one has
 * a line of its own.
 */
function withoutReasoning(text: string): string {
  const opened = /^<(think|thinking|reasoning)>/.exec(text)
  const closed = opened
    ? new RegExp(`</${opened[1]}>`).exec(text)
    : /^\s*<\/(think|thinking|reasoning)>\s*$/m.exec(text)
  if (closed) return text.slice(closed.index + closed[0].length).trim()
  return opened ? '' : text
}

/** The inside of the code fences, where even a bare string or number is meant as JSON. */
function fenced(text: string): string {
  const start = /```[^\n`]*\n/.exec(text)
  const end = text.lastIndexOf('```')
  return start && end > start.index + 3 ? text.slice(start.index + start[0].length, end) : ''
}

/** An opening bracket followed by what JSON has there, so that `[sic]` and `{name}` in prose are passed over. */
const opening = /[{[]\s*(?:["'{[\d}\]-]|\w+\s*:|(?:true|false|null)\b|$)/g

/**
 * The stretches of text that look like JSON objects or arrays; objects parted by white space and commas alone are
 * grouped.
 */
function groups(text: string): string[][] {
  const found: string[][] = []
  let end = 0
  opening.lastIndex = 0
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const before = found.at(-1)
    const adjoins =
      before?.[0]?.startsWith('{') && match[0].startsWith('{') && /^[\s,]*$/.test(text.slice(end, match.index))
    end = closing(text, match.index)
    const part = text.slice(match.index, end)
    if (before && adjoins) before.push(part)
    else found.push([part])
    opening.lastIndex = end
  }
  return found
}

function size(group: string[]): number {
  return group.reduce((sum, part) => sum + part.length, 0)
}

/** Where the bracket opened at `start` is closed, or the end of the text. */
function closing(text: string, start: number): number {
  let depth = 0
  let quoted = false
  for (let i = start; i < text.length; i++) {
    const sign = text[i]
    if (quoted) {
      if (sign === '\\') i++
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '{' || sign === '[') depth++
    else if ((sign === '}' || sign === ']') && --depth === 0) return i + 1
  }
  return text.length
}

function strict(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The value once repaired; where nothing closes the value, prose may follow it, so it is tried up to its last
 * bracket too.
 */
function mended(text: string): unknown {
  for (const slice of [text, text.slice(0, Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1)]) {
    try {
      const value: unknown = JSON.parse(jsonrepair(slice))
      if (typeof value === 'object' && value !== null) return value
    } catch {
      // Beyond repair as well: the caller gets an error as data.
    }
  }
  return undefined
}

/** How a refusal begins, and what it says it will not do; both must be there. */
const refusals: [RegExp, RegExp][] = [
  [
    /^(?:(?:i['’]?m|i am|we['’]?re|my apologies|apologies|sorry|unfortunately|as an? )|i (?:can(?:no|['’]?)t|won['’]?t|must decline|will not|am (?:not able|unable)|do not|don['’]t))/,
    /\b(?:can(?:no|['’]?)t|could ?n['’o]t|won['’]?t|(?:not|un)\s?able to|will not|must decline|do not feel comfortable|don['’]t feel comfortable)\b[^.!?]{0,15}?\b(?:help(?! (?:but|it|my))|assist|comply|fulfil?l?|provide|creat|generat|writ|produc|continu|engag|support|respond|do that|to (?:this|that|your) request)/,
  ],
  [
    /^(?:es tut mir leid|tut mir leid|leider|ich kann|entschuldigung)/,
    /\b(?:nicht|keine?n?)\b.{0,40}?\b(?:helfen|unterstützen|erstellen|schreiben|beantworten|erfüllen|generieren)/,
  ],
  [
    /^(?:je suis désolée?|désolée?|je ne peux pas|malheureusement)/,
    /\bne (?:peux|suis) pas\b.{0,40}?\b(?:aider|assister|répondre|fournir|créer|générer|écrire)/,
  ],
  [
    /^(?:lo siento|no puedo|lamentablemente)/,
    /\bno (?:puedo|es posible)\b.{0,40}?\b(?:ayudar|asistir|proporcionar|crear|generar|escribir|responder|cumplir)/,
  ],
  [
    /^(?:desculpe|lamento|sinto muito|não posso|infelizmente)/,
    /não (?:posso|consigo)\b.{0,40}?\b(?:ajudar|fornecer|criar|gerar|escrever|responder)/,
  ],
  [
    /^(?:mi dispiace|spiacente|non posso|purtroppo)/,
    /\bnon posso\b.{0,40}?\b(?:aiutar|assister|fornire|creare|generare|scrivere|rispondere)/,
  ],
  [
    /^(?:很抱歉|抱歉|对不起|對不起|我无法|我無法|我不能)/,
    /(?:无法|無法|不能).{0,20}?(?:帮助|幫助|提供|协助|協助|生成|满足|回答|完成)/,
  ],
  [
    /^(?:申し訳|すみません|ごめんなさい)/,
    /(?:お手伝い|対応|提供|生成|お応え|回答).{0,12}?(?:できません|できかね|いたしかね)/,
  ],
]

/**
 * Whether a reply that should be JSON declines instead: short, no JSON in it, beginning as a refusal and naming what
 * it will not do. Rather misses a refusal (it is asked again) than calls an answer one. Knows English, German, French,
 * Spanish, Portuguese, Italian, Chinese and Japanese.
 */
export function looksLikeRefusal(text: string): boolean {
  if (text.length > 1000 || parseJsonReply(text).error === undefined) return false
  const plain = withoutReasoning(text.trim()).toLowerCase().replace(/\s+/g, ' ')
  return refusals.some(([begins, declines]) => begins.test(plain) && declines.test(plain.slice(0, 300)))
}
