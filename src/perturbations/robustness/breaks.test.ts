/** `add_new_lines`, `add_tabs` and `add_emoji`: what is put between words and sentences. */
import { expect, it } from 'vitest'
import { perturbed, perturbedTexts } from '../../testing/perturbed.ts'
import { addEmoji } from './add-emoji.ts'
import { addNewLines } from './add-new-lines.ts'
import { addTabs } from './add-tabs.ts'

const text = 'one two three four five six seven eight'

it.each([
  ['add_new_lines', addNewLines, 'max_lines', '\n'],
  ['add_tabs', addTabs, 'max_tabs', '\t'],
])('%s puts one to the most that its parameter says in the place of blanks', (_, perturbation, name, mark) => {
  const results = [...perturbedTexts(perturbation, text, { params: { [name]: 3 } })]
  const counts = new Set(results.map(result => result.split(mark).length - 1))
  expect(counts).toEqual(new Set([1, 2, 3]))
  for (const result of results) expect(result.replaceAll(mark, ' ')).toBe(text)
  expect(perturbed(perturbation, 'only four words here').steps).toEqual([])
})

it('puts emojis after sentences, never into an entity', () => {
  const before = 'Hi. I work at Yahoo! Inc now. Pay 3.50 ok'
  const entities = [{ start: 14, end: 24, label: 'ORG' }]
  const params = { emojis: ['🙂'] }
  expect(perturbedTexts(addEmoji, before, { entities, params })).toEqual(
    new Set([`Hi. 🙂${before.slice(3)}`, before.replace('now.', 'now. 🙂'), `${before} 🙂`]),
  )
})
