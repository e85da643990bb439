/** Modes of the loop in which new records take the place of their originals. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { csvOf, tickets } from '../../../test/labelled-texts.ts'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { readSuite } from '../../suites/suite.ts'
import { importRecords } from '../import-records.ts'
import { createProject } from '../projects.ts'
import { improve } from './improve.ts'

const suite = readSuite(
  'tests: { defaults: { min_pass_rate: 1 }, robustness: { add_typo: {}, add_ocr_typo: {} } }',
  's',
)

it('learns from what is new instead of the originals, which are set aside, and still tests on real records', async () => {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'tickets' })
  const rows = (await tickets({ billing: 40, delivery: 40, returns: 40 })).map(({ text, label }, at) => ({
    ...{ text, label },
    split: at % 4 === 0 ? 'test' : 'train',
  }))
  const file = join(workspace.folder, 'tickets.csv')
  writeFileSync(file, csvOf(rows))
  await importRecords(workspace, { project: 'tickets', file })
  const { rounds, models, comparison, records } = await improve(workspace, {
    project: 'tickets',
    suite,
    tests: ['add_typo', 'add_ocr_typo'],
    mode: 'transformed',
  })
  expect(rounds).toHaveLength(1)
  expect(rounds[0]!.augmented).toMatchObject({ setAside: 90 })
  expect(models!.before.training).toMatchObject({ examples: 90, grown: 0 })
  const { examples, grown } = models!.after.training
  expect(examples).toBe(rounds[0]!.augmented!.made)
  expect(grown).toBe(examples)
  expect(records.tested).toBe(30)
  expect(comparison!.tests.map(({ test }) => test)).toEqual(['add_typo', 'add_ocr_typo'])
})
