/** Augmenting: what failed in a trial is chosen, how much is made is told first, and originals can make room for it. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importRecords } from '../../src/app/import-records.ts'
import { trainModel } from '../../src/app/models/train-model.ts'
import { createProject } from '../../src/app/projects.ts'
import { runSuite } from '../../src/app/suites/run-suite.ts'
import { listTrials } from '../../src/app/suites/trial.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { examples } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

it('makes records of the failed tests, as many as it says, and sets their originals aside on demand', async () => {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  mkdirSync(join(folder, 'suites'))
  copyFileSync(join(examples, 'quickstart', 'robust.yaml'), join(folder, 'suites', 'robust.yaml'))
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'tickets' })
  await importRecords(workspace, { project: 'tickets', file: join(examples, 'quickstart', 'tickets.csv') })
  await trainModel(workspace, { project: 'tickets' })
  const report = await runSuite(workspace, 'robust', {
    target: { settings: { kind: 'model', model: 'tickets' } },
  })
  const [{ facts }] = (await listTrials(workspace)) as [Awaited<ReturnType<typeof listTrials>>[number]]
  await workspace.close()
  const failed = report.rows.filter(({ pass, chain }) => pass === false && chain).map(row => row.chain!.join('-'))
  expect(failed.length).toBeGreaterThan(0)

  const { page, url, complaints } = await openStudio(folder)
  await page.goto(`${url}/p/tickets/grow/augment?trial=${facts.id}`)
  const tests = page.getByRole('list', { name: 'Tests' })
  await page.getByText(`Chosen (${failed.length})`).waitFor()
  for (const name of failed) expect(await tests.getByRole('checkbox', { name }).isChecked()).toBe(true)
  expect(await tests.getByText(/^failed: /).count()).toBe(failed.length)
  const outcome = page.getByRole('region', { name: 'What it makes' })
  const said = outcome.getByText(/new records of/)
  await said.waitFor()
  expect(await seriousFaults(page)).toEqual([])

  // One of them alone, for a tenth of the records.
  for (const name of failed.slice(1)) await tests.getByRole('checkbox', { name }).press('Space')
  await page.getByText('Chosen (1)').waitFor()
  await page.getByLabel(`Share of the records for ${failed[0]}`).fill('10')
  await page.waitForFunction(() => {
    const rows = document.querySelectorAll('[aria-label="What it makes"] tbody tr')
    return rows.length === 1
  })
  const words = await said.innerText()
  const [making, records] = words.match(/\d[\d,]*/g)!.map(Number) as [number, number]
  expect(making).toBe(Math.round(records / 10))
  await page.getByRole('button', { name: 'Grow', exact: true }).press('Enter')
  await page.getByText(`${making} of ${making} kept`).first().waitFor()

  const originals = page.getByRole('region', { name: 'Originals' })
  await originals.getByRole('radio', { name: /take the place of their originals/ }).check()
  await originals.getByRole('button', { name: `Set ${making} originals aside` }).press('Enter')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Set aside' }).press('Enter')
  await page.getByText(`${making} originals are set aside.`).waitFor()
  const { count } = await page.evaluate(async () =>
    (await fetch('/api/projects/tickets/records/count?tag=replaced&status=rejected')).json(),
  )
  expect(count).toBe(making)
  expect(complaints).toEqual([])
})
