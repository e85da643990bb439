/** What the commands for tables say when something is wrong, and the seed's example by the real command line. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, examples } from './command-line.ts'

const patients = join(examples, 'tables', 'patients.yaml')

it('draws numbers with mean 0 and standard deviation 1 to the standard output', async () => {
  const recipe = join(examples, 'seeds', 'standard-normal.yaml')
  const { code, stdout } = await cultivar(temporaryFolder(), ['tables', 'sample', recipe, '--rows', '20000'])
  expect(code).toBe(0)
  const [name, ...numbers] = stdout.trimEnd().split('\n')
  expect([name, numbers.length]).toEqual(['x', 20_000])
  const mean = numbers.reduce((sum, number) => sum + Number(number), 0) / numbers.length
  const variance = numbers.reduce((sum, number) => sum + (Number(number) - mean) ** 2, 0) / numbers.length
  // Five standard errors.
  expect(Math.abs(mean)).toBeLessThan(0.036)
  expect(Math.abs(variance - 1)).toBeLessThan(0.05)
})

it.each([
  ['a model that is not there', ['sample', 'none.json'], /There is no file/],
  ['a file that is no model', ['sample', 'empty.json'], /not a model of tables/],
  ['a table without rows', ['fit', 'names-only.csv'], /no rows|empty/i],
  ['a share that is none', ['sample', patients, '--share', 'a=b:7'], /between 0 and 1/],
  ['a condition on a declaration', ['sample', patients, '--where', 'age > 3'], /takes no condition/],
])('says what to do about %s', async (_, args, message) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'empty.json'), '{}')
  writeFileSync(join(folder, 'names-only.csv'), 'a,b\n')
  const { code, stderr } = await cultivar(folder, ['tables', ...args])
  expect(code).toBe(2)
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/hint: \w/)
})
