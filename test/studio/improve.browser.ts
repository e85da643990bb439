/** Improving test results: what failed becomes records, a model learns from them, and before and after stand side by side. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importRecords } from '../../src/app/import-records.ts'
import { trainModel } from '../../src/app/models/train-model.ts'
import { createProject } from '../../src/app/projects.ts'
import { runSuite } from '../../src/app/suites/run-suite.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { cultivar, examples, json } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

/** The tickets, a model of them, and the quickstart’s suite put to it. */
async function testedWorkspace(): Promise<string> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  mkdirSync(join(folder, 'suites'))
  copyFileSync(join(examples, 'quickstart', 'robust.yaml'), join(folder, 'suites', 'robust.yaml'))
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'tickets' })
  await importRecords(workspace, { project: 'tickets', file: join(examples, 'quickstart', 'tickets.csv') })
  await trainModel(workspace, { project: 'tickets' })
  await runSuite(workspace, 'robust', { target: { settings: { kind: 'model', model: 'tickets' } } })
  await workspace.close()
  return folder
}

it('shows what failed, improves it and says test by test what changed', async () => {
  const folder = await testedWorkspace()
  const { page, url, complaints } = await openStudio(folder)
  page.setDefaultTimeout(60_000)
  await page.goto(`${url}/p/tickets/suites`)
  await page
    .getByRole('table', { name: 'Results' })
    .getByText(/\d of 5 failed/)
    .waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('table', { name: 'Results' }).getByRole('link').first().press('Enter')
  await page.getByRole('heading', { name: 'Test results of robust' }).waitFor()
  const byHand = page.getByRole('link', { name: 'Improve test results' })
  expect(await byHand.getAttribute('href')).toMatch(/^\/p\/tickets\/grow\/augment\?trial=/)

  await page.getByRole('button', { name: 'Improve automatically' }).press('Enter')
  await page.getByRole('button', { name: 'Improve', exact: true }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Improve', exact: true }).press('Enter')
  // Whatever it computes, the server answers meanwhile.
  const done = page.getByRole('heading', { name: 'Before and after', level: 1 })
  let answered = 0
  for (const until = Date.now() + 90_000; Date.now() < until && !(await done.isVisible()); answered++) {
    expect((await page.request.get(`${url}/api/session`)).status()).toBe(200)
    await page.waitForTimeout(20)
  }
  await done.waitFor()
  expect(answered).toBeGreaterThan(10)

  const table = page.getByRole('table', { name: 'Before and after' })
  const row = table.getByRole('row').filter({ hasText: 'add_abbreviation' })
  expect(await row.textContent()).toMatch(/better/)
  await page.getByText(/^Clean accuracy$/).waitFor()
  await page.getByRole('table', { name: 'Made in round 1' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('link', { name: 'Use this model' }).press('Enter')
  await page.getByRole('heading', { name: 'tickets@3', level: 1 }).waitFor()
  await page.getByRole('table', { name: 'Scores by label' }).waitFor()
  await page.goto(`${url}/p/tickets/models/tickets@3?with=tickets@2`)
  await page.getByRole('table', { name: 'Scores before and after' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.goto(`${url}/p/tickets/suites`)
  await page.getByRole('table', { name: 'Improvements' }).getByText('tickets@2 → tickets@3').waitFor()
  expect(complaints).toEqual([])

  const models = json(await cultivar(folder, ['models', 'list', '--json']))
  expect(models.map(({ version }: { version: number }) => version)).toEqual([1, 2, 3])
  expect(models[2].training.grown).toBeGreaterThan(0)
})
