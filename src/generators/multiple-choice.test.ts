/** The generator `multiple-choice`: options checked and put in their places, and answered by a critic who is not told. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { proposed, rejecter } from '../../test/qa-unit.ts'
import { block, readingTeacher, type Spoiling } from '../../test/reading-teacher.ts'
import type { Script } from '../testing/index.ts'
import { multipleChoice } from './multiple-choice.ts'

const manual = readFileSync(join(import.meta.dirname, '../../examples/documents/tallow-press.md'), 'utf8')
const files = { 'press.md': manual }
const params = { documents: ['press.md'], chunkTokens: 4000 }

const ask = (more: Record<string, unknown> = {}, replies?: Script, asks = 8) =>
  proposed(multipleChoice, { params: { ...params, ...more }, files, unit: { asks }, ...(replies && { replies }) })

/** What the usual critic says, but for one member of its reply. */
const answering =
  (letter: (user: string) => string): Script =>
  request => {
    const user = request.messages.at(-1)!.content
    const asked = block(user, 'options') !== ''
    return asked
      ? { kind: 'reply', value: { explanation: 'So it is.', letter: letter(user) } }
      : readingTeacher()(request)
  }

it('has each letter right equally often, with the right option at it and no option lost', async () => {
  const { proposals } = await ask()
  expect(proposals.map(rejecter)).toEqual(Array(8).fill(undefined))
  const letters = proposals.map(({ fields }) => String(fields!['answer']))
  expect(letters.toSorted().join('')).toBe('AABBCCDD')
  for (const { fields = {} } of proposals) {
    const options = fields['options'] as string[]
    expect(options['ABCD'.indexOf(String(fields['answer']))]).toBe(fields['quote'])
    expect(new Set(options).size).toBe(4)
    expect(Object.keys(fields)).toEqual([
      ...['question', 'options', 'answer', 'explanation', 'quote', 'context', 'source', 'type'],
    ])
  }
})

describe('with a teacher that behaves badly', () => {
  const lettered = Object.fromEntries(['a', 'b', 'c', 'd'].map(letter => [`option_${letter}`, letter.toUpperCase()]))
  const cases: [string, Record<string, string>, string | undefined][] = [
    [
      'takes letters off',
      { ...lettered, option_a: 'A) two', option_b: 'B) three', option_c: 'C) four', option_d: 'D) five' },
      undefined,
    ],
    ['leaves a fifth option out', { option_e: 'And something else' }, undefined],
    ['rejects a fifth option that is the right one', { option_e: 'And something else', answer: 'E' }, 'options'],
    ['rejects the same option twice', { option_b: 'The  press.', option_c: 'the press' }, 'options'],
    [
      'rejects the same option behind two letters',
      { ...lettered, option_a: 'A) two', option_b: 'B) three', option_c: 'C) three', option_d: 'D) five' },
      'options',
    ],
    ['rejects “all of the above”', { option_d: 'All of the above' }, 'options'],
    ['rejects a missing option', { option_d: '' }, 'valid'],
    ['rejects an answer that is none of them', { answer: 'both' }, 'options'],
    [
      'rejects a right option that is by far the longest',
      { option_b: 'Yes', option_c: 'No', option_d: 'Never' },
      'options',
    ],
    ['rejects an explanation by letters', { explanation: 'Option A is what the text says.' }, 'options'],
    ['rejects an invented quote', { quote: 'Grapes are pressed at noon.' }, 'quote'],
  ]
  it.each(cases)('%s', async (_, change, critic) => {
    const spoil: Spoiling = item => ({ ...item, ...change })
    const { proposals } = await ask({ judge: false }, readingTeacher(spoil), 3)
    expect(proposals.map(rejecter)).toEqual([critic, critic, critic])
    for (const { fields = {} } of proposals) {
      if (critic === undefined && 'option_a' in change)
        expect((fields['options'] as string[]).toSorted()).toEqual(['five', 'four', 'three', 'two'])
    }
  })
})

describe('the critic', () => {
  it('is not told which option is right', async () => {
    const { proposals, asked } = await ask()
    const shown = asked.filter(text => text.includes('<options>'))
    expect(shown).toHaveLength(proposals.length)
    for (const [at, text] of shown.entries()) {
      expect(text).not.toContain(String(proposals[at]!.fields!['explanation']))
      expect(text).not.toMatch(/"answer"|<answer>|<quote>/)
    }
  })

  it.each([
    ['another letter', (user: string) => (block(user, 'options').startsWith('A. Put the press') ? 'B' : 'none')],
    ['none of them', () => 'none'],
  ])('rejects a question to which it says %s', async (_, letter) => {
    const { proposals } = await ask({}, answering(letter), 4)
    expect(proposals.map(rejecter)).toEqual(Array(4).fill('answering'))
  })

  it('costs its question alone when it cannot be understood or refuses', async () => {
    let told = 0
    const replies: Script = request => {
      const asked = block(request.messages.at(-1)!.content, 'options') !== ''
      return asked && told++ === 0 ? { kind: 'refusal', text: 'I would rather not.' } : readingTeacher()(request)
    }
    const { proposals } = await ask({}, replies, 4)
    expect(proposals.map(rejecter).filter(Boolean)).toEqual(['refused'])
  })

  it.each([
    ['flag', undefined, true],
    ['reject', 'guessing', undefined],
    ['ignore', undefined, undefined],
  ])('with guessable: %s, treats what it can answer without the passage so', async (guessable, critic, flag) => {
    const knowing = answering(user => /^([A-D])\. (?!.*but as case)/m.exec(block(user, 'options'))![1]!)
    const { proposals } = await ask({ guessable }, knowing, 4)
    expect(proposals.map(rejecter)).toEqual(Array(4).fill(critic))
    expect(proposals.map(({ fields }) => fields!['guessable'])).toEqual(Array(4).fill(flag))
  })
})
