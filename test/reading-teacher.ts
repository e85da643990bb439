/** A scripted teacher and critic that read the passage they are shown: questions about its sentences, answers that are in it. */
import type { Json } from '../src/model/json.ts'
import { type Script, type ScriptedRequest, teacher } from '../src/testing/index.ts'

const says = teacher()

/** An item as a well-behaved teacher writes it, and what to make of it. */
export type Spoiling = (item: Record<string, string>, place: number, request: ScriptedRequest) => Json

/** Whatever else it is asked, the usual scripted teacher answers, who finds everything good. */
export function readingTeacher(spoil: Spoiling = item => item): Script {
  return request => {
    const user = request.messages.find(({ role }) => role === 'user')?.content ?? ''
    if (user.includes('Which of the <options>')) return { kind: 'reply', value: chosen(user) }
    if (!user.includes('Where <asked> lists questions')) return says(request)
    const count = Number(/Write (\d+) /.exec(user)?.[1] ?? 1)
    const items = Array.from({ length: count }, (_, place) => spoil(itemOf(user, place, request), place, request))
    return { kind: 'reply', value: { items } }
  }
}

/** What stands between the tags. */
export function block(text: string, tag: string): string {
  return new RegExp(`^<${tag}>\\n([\\s\\S]*?)\\n</${tag}>$`, 'm').exec(text)?.[1] ?? ''
}

function itemOf(user: string, place: number, { repeat }: ScriptedRequest): Record<string, string> {
  const quote = sentence(block(user, 'context'), place + repeat)
  const second = sentence(block(user, 'second-context'), place + repeat)
  const asked = block(user, 'asked').split('\n').length + repeat
  const subject = quote.replace(/[^\p{L}\p{N} ]/gu, '').slice(0, 60)
  const wrong = ['b', 'c', 'd'].map(letter => [
    `option_${letter}`,
    `${subject}, but as case ${letter.repeat(2)} has it`,
  ])
  return {
    question: `What holds in case ${spelled(place)} ${spelled(asked)} of “${subject}”?`,
    answer: second === '' ? quote : `${quote} ${second}`,
    quote,
    ...(second !== '' && { second_quote: second }),
    ...(user.includes('four options') && { option_a: quote, ...Object.fromEntries(wrong), answer: 'A' }),
    explanation: 'The document says so in these words.',
  }
}

/** Numbers as words that share few letters, or near-duplicate search would take the questions for one. */
function spelled(number: number): string {
  const words = ['oak', 'birch', 'maple', 'elm', 'cedar', 'juniper', 'willow', 'hawthorn', 'pine', 'rowan']
  return [...String(number)].map(digit => words[Number(digit)]).join(' ')
}

function sentence(context: string, place: number): string {
  const sentences = (context.match(/[^\n.!?|#]{20,}[.!?]/g) ?? []).map(each => each.trim())
  return sentences.length === 0 ? context.trim().slice(0, 200) : sentences[place % sentences.length]!
}

/** The option whose words are in the passage; none without one. */
function chosen(user: string): { explanation: string; letter: string } {
  const context = block(user, 'context')
  const lines = block(user, 'options').split('\n')
  const found = context === '' ? undefined : lines.find(line => context.includes(line.slice(3)))
  return { explanation: 'By the words of the passage.', letter: found?.[0] ?? 'none' }
}
