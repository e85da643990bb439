/** Training a model and testing it: from the quickstart’s tickets to the cases that fail, one of them edited and put to the model again. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importRecords } from '../../src/app/import-records.ts'
import { createProject } from '../../src/app/projects.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { cultivar, examples, json } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

const tickets = join(examples, 'quickstart', 'tickets.csv')

async function workspaceOf(file?: string): Promise<string> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'tickets' })
  if (file !== undefined) await importRecords(workspace, { project: 'tickets', file })
  await workspace.close()
  return folder
}

it('leads from nothing to what is needed first', async () => {
  const { page, url, complaints } = await openStudio(await workspaceOf())
  for (const place of ['models', 'suites']) {
    await page.goto(`${url}/p/tickets/${place}`)
    await page.getByRole('link', { name: 'Import records' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
  }
  expect(complaints).toEqual([])
})

it('trains a model, tries a text, runs a suite, edits a case that failed and runs it again', async () => {
  const folder = await workspaceOf(tickets)
  const { page, url, complaints } = await openStudio(folder)
  page.setDefaultTimeout(60_000)

  await page.goto(`${url}/p/tickets/models`)
  await page.getByText(/it learns from \d+ records/).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await page.getByRole('heading', { name: 'tickets@1', level: 1 }).waitFor()
  await page.getByRole('table', { name: 'Scores by label' }).waitFor()
  await page.getByRole('heading', { name: 'Would more data help?' }).waitFor()

  await page.getByLabel('Text', { exact: true }).fill('My card was declined at the checkout.')
  await page.keyboard.press('Control+Enter')
  const answers = page.getByRole('list', { name: 'What the model says' })
  await answers.getByText('payment_failed').waitFor()
  expect(await answers.getByText('answer').count()).toBe(1)
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('link', { name: 'Test it by a suite' }).click()
  await page.getByRole('button', { name: 'Make the usual one' }).click()
  await page.getByRole('link', { name: 'See and change its 17 tests' }).click()
  await page.getByLabel('Find a test').fill('add_abbr')
  await page.getByRole('checkbox', { name: 'add_abbreviation' }).check()
  await page.getByLabel('Minimum pass rate of add_abbreviation').fill('101')
  await page.getByLabel('Minimum pass rate of add_abbreviation').fill('99')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('18 tests', { exact: true }).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('link', { name: 'Run it' }).click()
  await page.getByRole('button', { name: 'Run the tests' }).click()
  await page.getByRole('heading', { name: 'Test results of robust', level: 1 }).waitFor()
  const results = page.getByRole('table', { name: 'Test results' })
  const abbreviation = results.getByRole('row').filter({ hasText: 'add_abbreviation' })
  expect(await abbreviation.textContent()).toMatch(/99.*failed/)
  await abbreviation.getByRole('button', { name: 'Details of add_abbreviation' }).press('Enter')
  const details = page.getByRole('table', { name: 'Cases of add_abbreviation' })
  await details.getByRole('row').nth(1).waitFor()
  expect(await details.getByRole('columnheader').allTextContents()).toEqual([
    ...['Original', 'Test case', 'Expected', 'Actual', 'Result'],
  ])
  const [original, changed, expected, actual, result] = await details
    .getByRole('row')
    .nth(1)
    .getByRole('cell')
    .allTextContents()
  expect(changed).not.toBe(original)
  expect(actual).not.toBe(expected)
  expect(result).toBe('failed')
  expect(await details.locator('mark').count()).toBeGreaterThan(0)
  await page.getByLabel('Only tests that failed').check()
  await expect.poll(() => results.getByText('passed', { exact: true }).count()).toBe(0)
  expect(await seriousFaults(page)).toEqual([])
  const failures = Number(await abbreviation.getByRole('cell').nth(4).textContent())

  // The case is put to the model as its original was written, so that it cannot fail any more.
  await page.getByRole('radio', { name: 'Test cases' }).press('Space')
  await page.getByLabel('Text', { exact: true }).fill(changed!)
  const row = page.getByRole('table', { name: 'Test cases' }).getByRole('row').filter({ hasText: 'add_abbreviation' })
  await row.getByRole('button', { name: 'Edit' }).press('Enter')
  await page.getByRole('textbox', { name: 'Test case' }).fill(original!)
  await page.keyboard.press('Control+Enter')
  await row.getByText('edited').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect
    .poll(() => abbreviation.getByRole('cell').nth(4).textContent(), { timeout: 20_000 })
    .toBe(`${failures - 1}`)
  expect(complaints).toEqual([])

  const models = json(await cultivar(folder, ['models', 'list', '--json']))
  expect(models.map(({ name, version }: { name: string; version: number }) => `${name}@${version}`)).toEqual([
    'tickets@1',
  ])
  const [trial] = json(await cultivar(folder, ['suites', 'trials', '--json']))
  expect(trial).toMatchObject({ suite: 'robust', target: 'tickets@1', pass: false })
  const report = json(await cultivar(folder, ['suites', 'report', trial.id, '--format', 'json']))
  const own = report.rows.find(({ test_type }: { test_type: string }) => test_type === 'add_abbreviation')
  expect(own.fail_count).toBe(failures - 1)
})
