/** Files into projects and out again, from an empty workspace. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { cultivar } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { dropAnywhere, dropFile } from './drop-file.ts'
import { openStudio } from './open-studio.ts'

const tickets = [
  'nr;summary;body;topic',
  '1;late;"Where is my parcel? It was to come on Monday.";order_status',
  '2;broken;"The kettle leaks, and the lid does not close any more.";damaged_item',
  '3;money;"I want my money back for the lamp that I sent home.";refund',
  '4;money;"When will the refund for order 12 arrive?";refund',
  '5;none;;refund',
].join('\n')

it('a newcomer drops a CSV file, changes what a column is, sees the balance, and exports what the command line exports', async () => {
  const folder = temporaryFolder()
  const { page, complaints } = await openStudio(folder)
  await makeProject(page, 'shop', 'Classification')
  await dropAnywhere(page, 'Drop the file to import it into shop', { name: 'tickets.csv', text: tickets })

  await page.getByRole('heading', { name: 'Records as they will be' }).waitFor()
  await page.getByText('delimiter: semicolon').waitFor()
  expect(await page.getByLabel('What the column body is').inputValue()).toBe('text')
  expect(await page.getByLabel('What the column topic is').inputValue()).toBe('label')
  await page.getByRole('cell', { name: 'is empty Each record needs a text.' }).waitFor()
  await page.getByLabel('What the column nr is').selectOption('left out')
  await page.getByLabel('What the column summary is').selectOption('tags')
  await page.getByText('money').nth(2).waitFor()
  expect(await page.getByLabel('Put new labels on the project’s list').isChecked()).toBe(true)
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Import 4 rows' }).press('Enter')
  await page.getByText('4 records imported').waitFor()
  const [bad] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ])
  expect(readFileSync(await bad.path(), 'utf8')).toContain('"5","6","body","is empty"')
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('link', { name: 'See the balance' }).click()
  await page.getByRole('img', { name: /^2 records; 2 brought, 0 grown; train 2/ }).waitFor()
  await page.getByRole('heading', { name: 'Next: choose a provider' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('link', { name: 'Export', exact: true }).first().click()
  await page.getByRole('radio', { name: 'fastText' }).click()
  await page.getByText('Not written: tags, which fasttext cannot hold (4 records)').waitFor()
  await page.getByRole('radio', { name: 'JSON Lines' }).click()
  await page.getByRole('region', { name: 'First records of the file' }).getByText('Where is my parcel?').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download 4 records' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('shop.jsonl')
  const { stdout } = await cultivar(folder, ['records', 'export', 'shop'])
  expect(readFileSync(await file.path(), 'utf8')).toBe(stdout)
  expect(stdout.trim().split('\n')).toHaveLength(4)
  expect(JSON.parse(stdout.split('\n')[2]!)).toMatchObject({ label: 'refund', tags: ['money'] })
  expect(stdout).not.toContain('"nr"')
  expect(complaints).toEqual([])
})

it('somebody imports CoNLL into a project of entities, and a file that is none says what to do', async () => {
  const { page, complaints } = await openStudio(temporaryFolder(), { width: 360, height: 760 })
  await makeProject(page, 'people', 'Entities')
  await page.getByRole('link', { name: 'Import a file' }).first().click()
  const place = page.getByText('Drop a file here')
  await dropFile(page, place, { name: 'noise.csv', text: 'a\u0000b' })
  await page.getByText('The file holds NUL bytes, so it is not plain text.').waitFor()
  await page.getByText('Save a spreadsheet as CSV (UTF-8)').waitFor()
  await page.getByRole('button', { name: 'Another file' }).press('Enter')
  await dropFile(page, place, {
    name: 'train.conll',
    text: 'Ada B-PER\nByrne I-PER\nlives O\nin O\nCork B-LOC\n\n\u{1f680} O\nBo B-PER\nleft O\n',
  })
  await page.getByText('scheme: bio (found)').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Import 2 rows' }).press('Enter')
  await page.getByText('2 records imported').waitFor()
  await page.getByRole('link', { name: 'See the balance' }).click()
  await page.getByRole('img', { name: /^2 records; 2 mentions; 2 brought/ }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(complaints).toEqual([])
})

async function makeProject(page: Page, name: string, purpose: string): Promise<void> {
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('radio', { name: purpose }).click()
  await page.getByRole('button', { name: 'Make the project' }).press('Enter')
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}
