/** A taxonomy: its tree by keyboard, what is wrong at its leaf, and the fill of a leaf after a small run. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createProject } from '../../src/app/projects.ts'
import { addProvider } from '../../src/app/providers.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { teacher } from '../../src/testing/index.ts'
import { examples, serve } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

it('grows the chosen branch and shows how full its leaf is then', async () => {
  const server = await serve({ script: teacher() })
  const folder = temporaryFolder()
  await initWorkspace(folder)
  cpSync(join(examples, 'taxonomy'), join(folder, 'fernhill'), { recursive: true })
  const broken = join(folder, 'fernhill', 'compositional_skills', 'broken')
  mkdirSync(broken)
  writeFileSync(join(broken, 'qna.yaml'), 'version: 3\ncreated_by: fern\n')
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'fernhill', kind: 'records' })
  await addProvider(workspace, {
    settings: { name: 'gpt', kind: 'openai-compatible', endpoint: server.url, model: 'scripted-1', jsonMode: 'schema' },
    projects: ['fernhill'],
  })
  await workspace.close()
  const { page, url, complaints } = await openStudio(folder)
  await page.goto(`${url}/p/fernhill/grow/taxonomy`)
  const tree = page.getByRole('tree')
  await tree.waitFor()
  expect(await tree.getByRole('treeitem').count()).toBe(10)
  await page.getByText('4 of 4 leaves chosen, with 0 records so far.').waitFor()

  // Down to the broken leaf, whose problems are shown there.
  await tree.getByRole('treeitem').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page
    .getByRole('region', { name: 'Leaf compositional_skills/broken' })
    .getByText(/seed_examples/)
    .first()
    .waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Close the leaf' }).press('Enter')

  // Of all branches, household alone: everything at the top off, then that one on.
  await tree.getByRole('treeitem', { name: /^knowledge \d/ }).focus()
  await page.keyboard.press('Space')
  await tree.getByRole('treeitem', { name: /^grounded \d/ }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Space')
  await page.getByText('1 of 4 leaves chosen').waitFor()
  const leaf = tree.getByRole('treeitem', { name: /^stain_advice / })
  expect(await leaf.getAttribute('aria-checked')).toBe('true')
  await leaf.press('Enter')
  await page
    .getByRole('region', { name: /^Leaf / })
    .getByText('fernhill/compositional_skills/household/stain_advice/qna.yaml')
    .waitFor()

  await page.getByRole('combobox', { name: 'How many' }).click()
  await page.getByRole('option', { name: 'In all' }).click()
  await page.getByLabel('How many', { exact: true }).fill('4')
  await page.getByRole('button', { name: 'Grow', exact: true }).press('Enter')
  await page.getByText('4 of 4 kept').first().waitFor()
  await tree.getByRole('treeitem', { name: /^stain_advice .*4 \/ 4 kept$/ }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})
