/** Somebody grows records from the rows of a simulation: chosen from lists, with a field of a row that rows refer to. */
import { expect, it } from 'vitest'
import { createProject } from '../../src/app/projects.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

it('grows records from a table of a simulation', async () => {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'plant', kind: 'records' })
  await workspace.close()
  const { page, complaints } = await openStudio(folder)
  await page.goto(new URL('/p/plant/grow/simulation', page.url()).href)
  const choose = async (list: string, option: string) => {
    await page.getByRole('combobox', { name: list }).press('Enter')
    await page.getByRole('option', { name: option, exact: true }).click()
  }
  await choose('Simulation', 'production-line')
  await page.getByText('Machines wear, fail and are repaired', { exact: false }).first().waitFor()
  await choose('Table', 'machines')
  await page.getByText('builtYear', { exact: true }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByLabel('Records', { exact: true }).fill('5')
  await page.getByLabel('Only rows where').fill('stage > 2')
  await page.getByText('5, 100 % kept').first().waitFor()
  await page.getByRole('button', { name: 'Grow', exact: true }).press('Enter')
  await page.getByText('5 of 5 kept').first().waitFor()
  await page.getByText('builtYear', { exact: false }).first().waitFor()
  expect(await seriousFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})
