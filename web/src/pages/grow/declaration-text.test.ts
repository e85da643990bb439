/** A declaration as text: what it says comes out, and problems stand where their paths lead. */
import { expect, it } from 'vitest'
import { declarationTextOf, problemIn, readDeclarationText } from './declaration-text.ts'

const text = `# Two columns
rows: 10
columns:
  a: { distribution: normal, mean: 0, sd: -1 }
  a.b: { values: [x, y] }
constraints:
  - a < 1
  - a <
`

it('says what it says, and comes back from it', () => {
  const { params, faults } = readDeclarationText(text)
  expect(faults).toEqual([])
  expect(readDeclarationText(declarationTextOf(params!)).params).toEqual(params)
  expect(declarationTextOf({})).toBe('')
  expect(readDeclarationText('# nothing yet\n').params).toEqual({})
})

it.each([
  ['columns.a.sd', 4, 39],
  ['columns.a.b', 5, 3],
  ['columns.a.b.values.1', 5, 22],
  ['constraints.1', 8, 5],
  ['columns.a.rate', 4, 3],
  ['columns.c', 3, 1],
  ['', 1, 1],
])('puts a problem of %s where it stands', (path, line, column) => {
  expect(readDeclarationText(text).placed({ path, message: 'no' })).toEqual({ path: [], message: 'no', line, column })
})

it('takes the place of a problem from the message that begins with it', () => {
  const { line } = readDeclarationText(text).placed(problemIn('columns.a.b: there is no “z”'))
  expect(line).toBe(5)
})

it.each([
  ['columns: {\n', 2],
  ['rows: 1\nrows: 2\n', 2],
  ['columns: *none\n', 1],
  ['just words', 1],
  ['- a\n- b\n', 1],
])('says where %j cannot be read', (text, line) => {
  const { params, faults } = readDeclarationText(text)
  expect(params).toBeUndefined()
  expect(faults[0]).toMatchObject({ line, message: expect.stringMatching(/\w/) })
})
