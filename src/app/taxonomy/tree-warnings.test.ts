/** What a tree warns of, and what it does not. */
import { expect, it } from 'vitest'
import type { TaxonomyLeaf } from '../../taxonomy/leaf.ts'
import { treeWarnings } from './tree-warnings.ts'

function leaf(
  path: string,
  seeds: [context: string, ...questions: string[]][],
  kind: TaxonomyLeaf['kind'],
): TaxonomyLeaf {
  return {
    path,
    kind,
    version: 3,
    createdBy: 'ada',
    taskDescription: '',
    domain: '',
    documentOutline: '',
    seeds: seeds.map(([context, ...questions]) => ({
      context,
      pairs: questions.map(question => ({ question, answer: 'Yes.' })),
    })),
  }
}

const bare = (path: string, count: number) =>
  leaf(
    path,
    Array.from({ length: count }, (_, at) => ['', `${path} ${at}?`]),
    'freeform',
  )
const found = (...leaves: TaxonomyLeaf[]) =>
  treeWarnings(leaves).flatMap(({ about, places }) =>
    places.map(place => `${about} ${place.leaves.join()} ${place.detail}`),
  )

it('warns beyond threefold, not at it, and names the side that is fewer', () => {
  expect(found(bare('a', 5), bare('b', 15))).toEqual([])
  expect(found(bare('a', 5), bare('b', 16))).toEqual(['uneven-seeds a 5 seeds'])
  expect(found(bare('a', 5), bare('b', 5), bare('c', 16))).toEqual(['uneven-seeds c 16 seeds'])
  expect(found(bare('a', 1), bare('b', 5), bare('c', 5))).toEqual(['uneven-seeds a 1 seed'])
  expect(found()).toEqual([])
})

it('finds a context that is repeated but for case, blanks and punctuation', () => {
  const contexts: [string, string][] = [
    ['One text.', 'a'],
    ['one  text', 'b'],
    ['Another.', 'c'],
  ]
  expect(found(leaf('x', contexts, 'grounded'))).toEqual(['repeated-context x one context stands in 2 of 3 seeds'])
  expect(found(bare('x', 3))).toEqual([])
})

it('finds leaves where some seeds have a context', () => {
  const seeds: [string, string][] = [
    ['', 'a'],
    ['Text.', 'b'],
  ]
  expect(found(leaf('x', seeds, 'grounded'))).toEqual(['mixed-kinds x 1 of 2 seeds with a context'])
})

it('finds questions of two leaves; of grounded skills only with the same context', () => {
  const one = leaf('a', [['', 'Why is that?', 'How?']], 'freeform')
  const two = leaf('b', [['Passage.', 'why is that', 'How?', 'When?']], 'knowledge')
  expect(found(one, two)).toEqual(['shared-question a,b “Why is that?” and 1 more'])
  const grounded = (path: string, context: string) => leaf(path, [[context, 'Summarize it.']], 'grounded')
  expect(found(grounded('a', 'One.'), grounded('b', 'Two.'))).toEqual([])
  expect(found(grounded('a', 'One.'), grounded('b', 'One.'))).toEqual(['shared-question a,b “Summarize it.”'])
})
