/** Templates: slots in colour, what they make told before, and exactly that made. */
import { expect, it } from 'vitest'
import { cultivar, json, serve, shopWorkspace } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

it('makes as many records as it says, without a provider, and says what an extra template would need', async () => {
  const folder = temporaryFolder()
  await cultivar(folder, ['init'])
  await cultivar(folder, ['projects', 'create', 'support', '--labels', 'damaged_item,payment_failed'])
  const { page, url, complaints } = await openStudio(folder)
  await page.goto(`${url}/p/support/grow/templatic`)
  await page.getByRole('button', { name: 'Add a template' }).press('Enter')
  await page.getByLabel('Template 1', { exact: true }).fill('My {ITEM} arrived {DAMAGE}, a broken {ITEM')
  await page
    .getByText(/is never closed/)
    .first()
    .waitFor()
  await page.getByLabel('Template 1', { exact: true }).fill('My {ITEM} arrived {DAMAGE}.')
  await page.getByRole('combobox', { name: 'Labels of template 1' }).fill('damaged_item')
  await page.keyboard.press('Enter')
  for (const [slot, values] of [
    ['ITEM', ['kettle', 'desk lamp', 'rug']],
    ['DAMAGE', ['in pieces', 'soaking wet']],
  ] as const) {
    await page.getByRole('combobox', { name: `Values for ${slot}` }).click()
    for (const value of values) {
      await page.keyboard.type(value)
      await page.keyboard.press('Enter')
    }
  }
  const colourOf = (text: string) =>
    page
      .locator('mark, span')
      .filter({ hasText: new RegExp(`^\\${text}$`) })
      .evaluateAll(found => [...new Set(found.map(each => getComputedStyle(each).backgroundColor))])
  const [item, damage] = [await colourOf('{ITEM}'), await colourOf('{DAMAGE}')]
  expect(item).toHaveLength(1)
  expect(damage).not.toEqual(item)

  const outcome = page.getByRole('region', { name: 'What they make' })
  await outcome.getByText('10 records expected: 1 template × 10; 6 possible.').waitFor()
  await page.getByLabel('Results of each template, as a number').fill('4')
  await outcome.getByText('4 records expected: 1 template × 4.').waitFor()
  await page.getByText(/Needs a provider, and this project has none/).waitFor()
  expect(await page.getByLabel('Extra templates by a provider, of each, as a number').isDisabled()).toBe(true)
  const samples = await outcome.getByRole('listitem').locator('.generated-text').allInnerTexts()
  expect(samples).toHaveLength(4)
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('button', { name: 'Grow', exact: true }).press('Enter')
  await page.getByText('4 of 4 kept').first().waitFor()
  const made = json(await cultivar(folder, ['records', 'list', '--project', 'support', '--json']))
  expect(made.map((record: { fields: { text: string } }) => record.fields.text).toSorted()).toEqual(samples.toSorted())
  expect(complaints).toEqual([])
})

it('has a provider reword templates, and fills typed ones with weighted values', async () => {
  const server = await serve({
    script: () => ({ kind: 'reply', value: { templates: ['{ITEM}: it came {DAMAGE}!'] } }),
  })
  const folder = await shopWorkspace(server)
  const { page, url, complaints } = await openStudio(folder)
  const templatic = {
    templates: [{ text: 'My {ITEM} arrived {DAMAGE}.', label: 'damaged_item' }],
    values: { ITEM: ['kettle', 'rug'], DAMAGE: ['in pieces', 'wet'] },
    results: 3,
  }
  const address = (kind: string, params: object) =>
    `${url}/p/support/grow/${kind}?params=${encodeURIComponent(JSON.stringify(params))}`
  await page.goto(address('templatic', templatic))
  await page.getByLabel('Extra templates by a provider, of each, as a number').fill('1')
  await page.getByText('6 records expected: 1 template × (1 + 1 extra) × 3.').waitFor()
  await page.getByRole('button', { name: 'Grow', exact: true }).press('Enter')
  await page.getByText('6 of 6 kept').first().waitFor()

  await page.goto(address('template', { templates: ['I lost {my} {thing}.'], slots: { my: ['my', 'our'] } }))
  await page.getByText(/thing/, { exact: false }).first().waitFor()
  const slot = page.getByRole('region', { name: 'Slot thing' })
  for (const [at, value] of ['parcel', 'invoice'].entries()) {
    await slot.getByRole('button', { name: 'Add a value to thing' }).press('Enter')
    await slot.getByLabel(`Value ${at + 1} of thing`, { exact: true }).fill(value)
  }
  await slot.getByLabel('Weight of value 1 of thing').fill('3')
  await page.getByText('At most 4 different records possible.').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})
