/** A newcomer with an empty project generates texts from a prompt, reviews them on the spot, imports them and takes them away. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { createProject } from '../../src/app/projects.ts'
import { addProvider } from '../../src/app/providers.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { type ScriptedServer, teacher } from '../../src/testing/index.ts'
import { serve } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

async function emptyProject(server?: ScriptedServer): Promise<string> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'parcels', kind: 'text' })
  if (server) {
    await addProvider(workspace, {
      settings: {
        name: 'gpt',
        kind: 'openai-compatible',
        endpoint: server.url,
        model: 'scripted-1',
        jsonMode: 'schema',
      },
      projects: ['parcels'],
    })
  }
  await workspace.close()
  return folder
}

const results = (page: Page) => page.getByRole('article', { name: /^Result / })

it('generates 20 texts from a prompt, ten of them first, and reviews, imports and downloads them', async () => {
  const server = await serve({ script: teacher() })
  const { page, complaints } = await openStudio(await emptyProject(server))
  await page.goto(new URL('/p/parcels/grow', page.url()).href)
  await page.getByRole('link', { name: 'Generate from a prompt' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('link', { name: 'Generate from a prompt' }).press('Enter')

  await page.getByLabel('Prompt').fill('Messages of customers who ask where their parcel is')
  await page.getByText('Show the first prompt, exactly').press('Enter')
  await page
    .getByRole('dialog')
    .getByText(/ask where their parcel is/)
    .first()
    .waitFor()
  expect(server.counts.received).toBe(0)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Try 10 first' }).press('Enter')
  await page.getByText('10 of 10 kept').first().waitFor()
  await results(page).nth(9).waitFor()

  await page.getByRole('button', { name: 'Grow', exact: true }).press('Enter')
  await page.getByText('20 of 20 kept').first().waitFor()
  await results(page).nth(19).waitFor()

  await page.getByRole('button', { name: 'Edit result 1', exact: true }).press('Enter')
  await results(page).nth(0).getByLabel('text').fill('Where is my parcel? I have waited for a week.')
  await page.keyboard.press('Control+Enter')
  await results(page).nth(0).getByText('Where is my parcel? I have waited for a week.').waitFor()
  await page.getByRole('button', { name: 'Tag result 2', exact: true }).press('Enter')
  await results(page).nth(1).getByRole('combobox', { name: 'Tags' }).fill('urgent')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Tag result 2', exact: true }).press('Enter')
  await results(page).nth(1).getByText('urgent').waitFor()
  const third = await results(page).nth(2).locator('.generated-text, [dir=auto]').first().innerText()
  await page.getByRole('button', { name: 'Dislike result 3', exact: true }).press('Enter')
  await page.getByRole('button', { name: 'Dislike result 4', exact: true }).press('Enter')
  await page.getByText('2 texts disliked').waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('button', { name: 'Import 18' }).press('Enter')
  await page.getByText('18 are in the dataset').waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download CSV' }).press('Enter')
  const csv = readFileSync(await (await download).path(), 'utf8')
  expect(csv.trim().split('\n')).toHaveLength(19)
  expect(csv).toContain('Where is my parcel? I have waited for a week.')
  expect(csv).not.toContain(third)

  await page.getByLabel('How many more').fill('2')
  await page.getByRole('button', { name: 'More', exact: true }).press('Enter')
  await page.getByText('22 of 22 kept').first().waitFor()
  expect(JSON.stringify(server.requests.at(-1)!.body)).toContain(JSON.stringify(third).slice(1, -1))
  expect(complaints).toEqual([])
})

it('shows what needs a provider, disabled, with what to do, and what needs none as it is', async () => {
  const { page, complaints } = await openStudio(await emptyProject())
  await page.goto(new URL('/p/parcels/grow', page.url()).href)
  await page.getByText('This project has no provider yet').waitFor()
  expect(await page.getByRole('link', { name: 'Generate from a prompt' }).count()).toBe(0)
  expect(await page.getByRole('link', { name: 'Fill templates' }).count()).toBe(1)
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Add a provider for Generate from a prompt' }).press('Enter')
  await page.getByRole('dialog').waitFor()
  expect(complaints).toEqual([])
})
