/** Marking entities by selecting text, with the keyboard and the mouse, exact in any script. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { importRecords } from '../../src/app/import-records.ts'
import { createProject } from '../../src/app/projects.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { cultivar, json } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

/** Texts with the words to mark, and how many letters a reader counts before and in them. */
const sentences = [
  { text: 'Anna flew to Paris.', words: 'Paris', before: 13, letters: 5 },
  { text: '👩‍👩‍👧 in 🇫🇷 Lyon 👍🏽', words: '🇫🇷 Lyon', before: 5, letters: 6 },
  { text: 'زار أحمد القاهرة', words: 'القاهرة', before: 9, letters: 7 },
  { text: 'ไปน้ำตกที่น่าน', words: 'น้ำตก', before: 2, letters: 3 },
  { text: 'Zoe\u0301 et Rene\u0301e', words: 'Rene\u0301e', before: 7, letters: 5 },
]

it('marks entities by keyboard in Latin, emoji, Arabic, Thai and combining letters, each on the very words', async () => {
  const folder = await placesWorkspace()
  const { page, url, complaints } = await openStudio(folder)
  await page.goto(`${url}/p/places/records`)
  await page.locator('#record-row-0').waitFor()
  await page.keyboard.press('Enter')
  for (const { text, words, before, letters } of sentences) {
    const box = textBox(page)
    await box.getByText(text.slice(0, 2)).or(box).first().waitFor()
    await expect.poll(() => wordsOf(page)).toContain(text)
    await box.focus()
    await page.keyboard.press('Control+Home')
    const forward = /\p{Script=Arabic}/u.test(text) ? 'ArrowLeft' : 'ArrowRight'
    for (let i = 0; i < before; i++) await page.keyboard.press(forward)
    for (let i = 0; i < letters; i++) await page.keyboard.press(`Shift+${forward}`)
    await page.keyboard.press('2')
    await page.getByRole('list', { name: 'Marks' }).getByText(words, { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Close the record' }).focus()
    await page.keyboard.press('j')
  }
  await page.getByText('not yet stored').waitFor({ state: 'detached' })
  expect(await marks(folder)).toEqual(sentences.map(({ words }) => [`LOC ${words}`]))
  expect(await seriousFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})

it('relabels, asks about overlaps, removes, and keeps marks on their words while the text is edited', async () => {
  const folder = await placesWorkspace()
  const { page, url, complaints } = await openStudio(folder)
  await page.goto(`${url}/p/places/records`)
  await page.locator('#record-row-0').waitFor()
  await page.keyboard.press('Enter')
  await textBox(page).dblclick({ position: { x: 30, y: 25 } })
  await page.getByRole('toolbar', { name: 'Labels to mark with' }).getByRole('button', { name: 'PER' }).click()
  const list = page.getByRole('list', { name: 'Marks' })
  await list.getByText('Anna', { exact: true }).waitFor()
  await textBox(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Control+Shift+ArrowRight')
  await page.keyboard.press('Control+Shift+ArrowRight')
  await page.keyboard.press('3')
  const overlap = page.getByRole('group', { name: 'Overlap' })
  await overlap.getByText('“Anna flew” overlaps PER “Anna”.').waitFor()
  await overlap.getByRole('button', { name: 'Keep both' }).press('Enter')
  await list.getByText('Anna flew', { exact: true }).waitFor()
  await list.getByRole('button', { name: 'Take the mark of “Anna flew” away' }).click()
  await list.getByText('Anna flew', { exact: true }).waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Close the record' }).focus()
  await page.keyboard.press('e')
  const text = page.getByLabel('text', { exact: true })
  await text.press('Home')
  await text.pressSequentially('Today ')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => marks(folder), { timeout: 10_000 }).toContainEqual(['PER Anna'])
  await page
    .locator('#record-row-0')
    .getByText('Today Anna')
    .or(page.locator('#record-row-0').getByText('Today'))
    .first()
    .waitFor()
  expect(complaints).toEqual([])
})

function textBox(page: Page) {
  return page.getByRole('textbox', { name: /^Text of text/ })
}

function wordsOf(page: Page): Promise<string> {
  return textBox(page).evaluate(box => box.textContent ?? '')
}

/** Each record’s marks as the command line tells them: label and words. */
async function marks(folder: string): Promise<string[][]> {
  const records = json(await cultivar(folder, ['records', 'list', 'places', '--json']))
  // biome-ignore lint/suspicious/noExplicitAny: as a user’s script reads it
  return records.map(({ fields, spans }: any) =>
    // biome-ignore lint/suspicious/noExplicitAny: as above
    spans.map(({ start, end, label }: any) => `${label} ${fields.text.slice(start, end)}`),
  )
}

async function placesWorkspace(): Promise<string> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'places', kind: 'entities', labels: ['PER', 'LOC', 'ORG'] })
  const file = join(folder, 'places.jsonl')
  writeFileSync(file, sentences.map(({ text }) => `${JSON.stringify({ text, spans: [] })}\n`).join(''))
  await importRecords(workspace, { project: 'places', file })
  await workspace.close()
  return folder
}
