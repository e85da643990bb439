/** A recipe is text and form at once: whatever one of them says, the other keeps. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { teacher } from '../../src/testing/index.ts'
import { serve, shopWorkspace } from '../e2e/command-line.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

const written = `# For the winter campaign
project: support
generator: prompt
teacher: gpt # the cheap one
params:
  prompt: Complaints about parcels
  maxWords: 30 # they are read on phones
critics:
  - kind: length
    most: 400
target: 12
`

it('opens a recipe file, says what is wrong at its line, and goes to the form and back without losing a word', async () => {
  const folder = await shopWorkspace(await serve({ script: teacher() }))
  const file = join(folder, 'winter.yaml')
  writeFileSync(file, written)
  const { page, complaints } = await openStudio(folder)
  await page.goto(new URL('/p/support/grow/recipe', page.url()).href)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open a file …' }).press('Enter')
  await (await chooser).setFiles(file)
  await page.getByText('For the winter campaign').waitFor()
  await page.getByText('unknown member “most”').first().waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('button', { name: 'Line 10' }).press('Enter')
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+Home')
  await page.keyboard.type('max: 400')
  await page.getByRole('button', { name: 'Line 10' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Open as a form' }).press('Enter')

  await page.getByRole('heading', { name: 'Generate from a prompt' }).waitFor()
  expect(await page.getByLabel('Prompt').inputValue()).toBe('Complaints about parcels')
  expect(await page.getByLabel('Longest text, in words').inputValue()).toBe('30')
  await page.getByLabel('How many', { exact: true }).fill('14')
  await page.getByRole('button', { name: 'Recipe' }).press('Enter')
  await page.getByRole('button', { name: 'Open as a recipe' }).press('Enter')

  const editor = page.getByRole('textbox', { name: 'Recipe in YAML' })
  await editor.waitFor()
  const back = await editor.locator('.cm-line').allInnerTexts()
  const expected = written.replace('most: 400', 'max: 400').replace('target: 12', 'target: 14')
  expect(back.join('\n').trim()).toBe(expected.trim())
  await page.getByRole('button', { name: 'Grow', exact: true }).press('Enter')
  await page.getByText('14 of 14 kept').first().waitFor()
  expect(await seriousFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})

it('keeps what a form does not show and what it does not know, also of a generator without a page of its own', async () => {
  const { page, complaints } = await openStudio(await shopWorkspace(await serve({ script: teacher() })))
  await page.goto(new URL('/p/support/grow/paraphrase', page.url()).href)
  await page.getByLabel('Instructions').fill('Keep the tone.')
  await page.getByLabel('Keep', { exact: true }).fill('WeatherBox\nLomo')
  await page.reload()
  expect(await page.getByLabel('Keep', { exact: true }).inputValue()).toBe('WeatherBox\nLomo')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Recipe' }).press('Enter')
  const recipe = page.getByLabel('Recipe as YAML')
  await recipe.getByText('instructions: Keep the tone.').waitFor()
  expect(await recipe.innerText()).toContain('- WeatherBox\n    - Lomo')
  expect(complaints).toEqual([])
})
