/** Reviewing, by keyboard alone, with the server dying in between and others at the same records. */
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
import { openStudio, serveStudio } from './open-studio.ts'

it('a newcomer reviews by keyboard, and the command line says the same', async () => {
  const folder = await mailWorkspace(8)
  const { page, url, complaints } = await openStudio(folder)
  await page.goto(`${url}/p/mail/records`)
  await row(page, 1).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys of this page' }).getByText('Accept, and on to the next').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.keyboard.press('a')
  await page.getByRole('status').getByText('Accepted “Letter 1').waitFor()
  await page.keyboard.press('r')
  await page.keyboard.press('2')
  await page.keyboard.press('j')
  await page.keyboard.press('t')
  await page.getByRole('combobox', { name: 'Tag' }).fill('rj')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await row(page, 4).getByText('rj').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('r')
  await row(page, 5).getByText('Rejected').waitFor()
  await page.keyboard.press('z')
  await row(page, 5).getByText('Pending').waitFor()
  await page.keyboard.press('e')
  await page.getByLabel('text', { exact: true }).fill('Letter 5, put right')
  await page.keyboard.press('Control+Enter')
  await row(page, 5).getByText('Letter 5, put right').waitFor()
  await page.getByText('not yet stored').waitFor({ state: 'detached' })
  await page.waitForURL(/record=.*at=4/)
  await page.keyboard.press('Escape')
  await page.getByRole('region', { name: 'Record', exact: true }).waitFor({ state: 'detached' })

  const listed = json(await cultivar(folder, ['records', 'list', 'mail', '--limit', '99', '--json']))
  const rejected = json(await cultivar(folder, ['records', 'list', 'mail', '--status', 'rejected', '--json']))
  // biome-ignore lint/suspicious/noExplicitAny: as a user’s script reads it
  const short = ({ fields, status, labels, tags }: any) => [fields.text, status, labels.join(), tags.join()]
  expect(listed.map(short)).toEqual([
    ['Letter 1', 'accepted', 'ask', ''],
    ['Letter 3', 'pending', 'thank', ''],
    ['Letter 4', 'pending', 'ask', 'rj'],
    ['Letter 5, put right', 'pending', 'ask', ''],
    ...['6', '7', '8'].map(number => [`Letter ${number}`, 'pending', 'ask', '']),
  ])
  expect(rejected.map(short)).toEqual([['Letter 2', 'rejected', 'ask', '']])
  expect(complaints).toEqual([])
})

it('finds, selects and decides on many together, and takes it back', async () => {
  const folder = await mailWorkspace(130)
  const { page, url, complaints } = await openStudio(folder)
  await page.goto(`${url}/p/mail/records`)
  await row(page, 1).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('letter 12')
  await page.getByText('11 records match').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+J')
  const selected = page.getByRole('region', { name: 'Selected records' })
  await selected.getByText('2 selected').waitFor()
  await selected.getByRole('button', { name: 'Reject' }).click()
  await row(page, 2).getByText('Rejected').waitFor()
  await page.getByRole('button', { name: 'Take the filter “letter 12” away' }).click()
  await page.getByText('130 records', { exact: true }).waitFor()

  await page.keyboard.press('x')
  await selected.getByRole('button', { name: 'Select all 130 that match' }).click()
  await selected.getByRole('button', { name: 'Tag …', exact: true }).click()
  await page.getByRole('combobox', { name: 'Tag' }).fill('spring')
  await page.keyboard.press('Enter')
  await row(page, 1).getByText('spring').waitFor()
  const tagged = async () =>
    json(await cultivar(folder, ['records', 'list', 'mail', '--tag', 'spring', '--limit', '999', '--json'])).length
  expect(await tagged()).toBe(128)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(tagged, { timeout: 10_000 }).toBe(0)
  await page.getByRole('radio', { name: 'Rejected' }).press(' ')
  await page.getByText('2 records match').waitFor()
  await page.goto(`${url}/p/mail/records?search=nowhere`)
  await page.getByText('Nothing matches').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).first().click()
  await row(page, 1).waitFor()
  expect(complaints).toEqual([])
})

it('loses none of 1,000 reviews in a row, though the server is killed in between', async () => {
  const folder = await mailWorkspace(1000)
  const { page, url, process } = await openStudio(folder)
  const { port } = new URL(url)
  await page.goto(`${url}/p/mail/records`)
  await row(page, 1).waitFor()
  const review = async (from: number, to: number) => {
    for (let i = from; i < to; i++) await page.keyboard.press(i % 4 === 0 ? 'r' : 'a')
  }
  await review(0, 500)
  process.child.kill('SIGKILL')
  await process.ended
  await review(500, 520)
  await page.getByText('not yet stored').waitFor()
  await serveStudio(folder, { args: ['--port', port] })
  await review(520, 1000)
  await page.getByRole('status').getByText('That was the last one').waitFor({ timeout: 60_000 })
  await page.getByText('not yet stored').waitFor({ state: 'detached', timeout: 60_000 })
  const statusOf = async (status: string) =>
    json(await cultivar(folder, ['records', 'list', 'mail', '--status', status, '--limit', '1000', '--json'])).length
  expect([await statusOf('accepted'), await statusOf('rejected'), await statusOf('pending')]).toEqual([750, 250, 0])
}, 300_000)

it('tells the later of two windows what was changed and by whom, and stores what the person then chooses', async () => {
  const folder = await mailWorkspace(3)
  const { page: one, context, url, complaints } = await openStudio(folder)
  await one.goto(`${url}/p/mail/records`)
  const other = await context.newPage()
  await other.goto(`${url}/p/mail/records`)
  await row(one, 1).waitFor()
  await row(other, 1).waitFor()
  await one.keyboard.press('2')
  await row(one, 1).getByText('thank').waitFor()
  await one.getByText('not yet stored').waitFor({ state: 'detached' })
  await other.bringToFront()
  await other.keyboard.press('r')
  const told = other.getByRole('alert').filter({ hasText: 'Somebody changed this record' })
  await told.getByText(/labelled it thank \(before: ask\)/).waitFor()
  await row(other, 1).getByText('Pending').waitFor()
  await told.getByRole('button', { name: 'Store mine' }).click()
  await row(other, 1).getByText('Rejected').waitFor()
  await other.getByText('not yet stored').waitFor({ state: 'detached' })
  const [rejected] = json(await cultivar(folder, ['records', 'list', 'mail', '--status', 'rejected', '--json']))
  expect([rejected.status, rejected.labels]).toEqual(['rejected', ['thank']])
  expect(complaints).toEqual([])
})

it('scrolls 5,000 rows without a blank one, and reaches the middle and the end of a million', async () => {
  const folder = await mailWorkspace(5000)
  const { page, context, url, complaints } = await openStudio(folder)
  await page.goto(`${url}/p/mail/records`)
  await row(page, 1).waitFor()
  await page.getByText('5,000 records', { exact: true }).waitFor()
  const list = page.getByRole('grid', { name: 'Records' })
  const drag = (share: number) =>
    list.evaluate((box, to) => box.scrollTo(0, to * (box.scrollHeight - box.clientHeight)), share)
  for (const [share, number] of [
    [0.5, 2500],
    [1, 5000],
    [0.25, 1250],
    [0, 1],
  ] as const) {
    await drag(share)
    await row(page, number).getByText(`Letter ${number}`, { exact: true }).waitFor()
    expect(await blankRows(page)).toBe(0)
  }
  await context.route('**/api/projects/mail/records/count*', route =>
    route.fulfill({ json: { count: 1_000_000, exact: true, next: null } }),
  )
  await context.route('**/api/projects/mail/records?*', route => {
    const query = new URL(route.request().url()).searchParams
    const from = query.has('after') ? Number(query.get('after')) + 1 : Number(query.get('from'))
    const records = Array.from({ length: Math.min(100, 1_000_000 - from) }, (_, i) => madeUp(from + i))
    const next = records.at(-1)?.position ?? null
    route.fulfill({ json: { records, next, more: from + 100 < 1_000_000, from: 0 } })
  })
  await page.getByRole('button', { name: 'Read the list again' }).click()
  await page.getByText('1,000,000 records').waitFor()
  for (const [share, number] of [
    [0.5, 500_000],
    [1, 1_000_000],
    [0, 1],
  ] as const) {
    await drag(share)
    await row(page, number).getByText(`Letter ${number}`, { exact: true }).waitFor()
    expect(await blankRows(page)).toBe(0)
  }
  await list.focus()
  await page.keyboard.press('End')
  await row(page, 1_000_000).getByText('Letter 1000000').waitFor()
  expect(complaints).toEqual([])
})

it('can be used by everybody, in light and dark, on a phone too', async () => {
  const folder = await mailWorkspace(40)
  const { page, url, complaints } = await openStudio(folder)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 760 })
      await page.goto(`${url}/p/mail/records?status=["pending"]`)
      await row(page, 1).waitFor()
      expect(await seriousFaults(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
      await page.keyboard.press('x')
      await page.keyboard.press('Enter')
      await page.getByText('Imported from').waitFor()
      expect(await seriousFaults(page)).toEqual([])
      await page.keyboard.press('e')
      await page.getByLabel('text', { exact: true }).waitFor()
      expect(await seriousFaults(page)).toEqual([])
    }
  }
  expect(complaints).toEqual([])
})

function row(page: Page, number: number) {
  return page.locator(`#record-row-${number - 1}`)
}

/** Rows in sight that say nothing. */
function blankRows(page: Page): Promise<number> {
  return page.getByRole('grid', { name: 'Records' }).evaluate(grid => {
    const { top, bottom } = grid.getBoundingClientRect()
    return [...grid.querySelectorAll('[id^=record-row]')].filter(one => {
      const at = one.getBoundingClientRect()
      return at.bottom > top && at.top < bottom && !one.textContent?.includes('Letter')
    }).length
  })
}

async function mailWorkspace(letters: number): Promise<string> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'mail', labels: ['ask', 'thank'] })
  const file = join(folder, 'mail.csv')
  const lines = Array.from({ length: letters }, (_, i) => `Letter ${i + 1},ask`)
  writeFileSync(file, `text,label\n${lines.join('\n')}\n`)
  await importRecords(workspace, { project: 'mail', file })
  await workspace.close()
  return folder
}

function madeUp(position: number) {
  return {
    ...{
      id: `m${position}`,
      project: 'mail',
      position,
      outcome: 'imported',
      status: 'pending',
      split: 'train',
      cell: 'ask',
    },
    ...{ fields: { text: `Letter ${position + 1}` }, labels: ['ask'], spans: [], tags: [], verdicts: [], version: 0 },
    ...{ run: null, source: `mail.csv:${position + 1}`, createdMs: 0 },
  }
}
