/** Multiplying examples: one is chosen, what is found beside it is changed, and what is disliked is told to the teacher. */
import { expect, it } from 'vitest'
import { teacher } from '../../src/testing/index.ts'
import { serve, shopWorkspace } from '../e2e/command-line.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

const example = 'Where is my order? It should have been here by now.'

it('grows from one example as a person changed what was found, and then unlike what they disliked', async () => {
  const server = await serve({ script: teacher() })
  const { page, url, complaints } = await openStudio(await shopWorkspace(server))
  await page.goto(`${url}/p/support/grow/few-shot`)
  await page.getByRole('button', { name: 'Choose records' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Search').fill('should have been here')
  await dialog.getByRole('checkbox', { name: example }).check()
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Take 1' }).press('Enter')

  const like = page.getByRole('region', { name: 'Like these', exact: true })
  const unlike = page.getByRole('region', { name: 'Unlike these' })
  await like.getByRole('listitem').nth(8).waitFor()
  expect(await like.getByRole('listitem').first().innerText()).toContain(example)
  await expect.poll(() => unlike.getByRole('listitem').count()).toBe(4)
  const textAt = (list: typeof like, at: number) =>
    list.getByRole('listitem').nth(at).locator('.generated-text').innerText()
  const [similar, far, close, closest] = [
    await textAt(like, 1),
    await textAt(like, 8),
    await textAt(unlike, 3),
    await textAt(unlike, 0),
  ]
  await like.getByRole('button', { name: `Remove “${far}”` }).press('Enter')
  await unlike.getByRole('button', { name: `Remove “${close}”` }).press('Enter')
  await like.getByText('Exactly these are shown').waitFor()
  await unlike.getByText('Exactly these are shown').waitFor()
  expect(await like.getByRole('listitem').count()).toBe(8)
  await unlike.getByRole('button', { name: 'Add to unlike these' }).press('Enter')
  await dialog.getByLabel('Or write one').fill('Is the shop open on Sundays?')
  await dialog.getByRole('button', { name: 'Take this text' }).press('Enter')
  await unlike.getByText('Is the shop open on Sundays?').waitFor()
  await page.getByLabel('Instructions').fill('Customers are impatient.')
  expect(await seriousFaults(page)).toEqual([])
  expect(server.counts.received).toBe(0)

  await page.getByLabel('How many', { exact: true }).fill('6')
  await page.getByRole('button', { name: 'Grow', exact: true }).press('Enter')
  await page.getByText('6 of 6 kept').first().waitFor()
  const asked = () => server.requests.map(({ body }) => JSON.stringify(body))
  for (const prompt of asked()) {
    for (const text of [example, similar, closest, 'Is the shop open on Sundays?', 'Customers are impatient.'])
      expect(prompt).toContain(text)
    for (const text of [far, close]) expect(prompt).not.toContain(text)
  }

  const before = server.requests.length
  for (const at of [1, 2]) await page.getByRole('button', { name: `Dislike result ${at}` }).press('Enter')
  await page.getByText('2 texts disliked').waitFor()
  await page.getByLabel('How many more').fill('4')
  await page.getByRole('button', { name: 'More', exact: true }).press('Enter')
  await page.getByText('10 of 10 kept').first().waitFor()
  const disliked: { fields: { text: string } }[] = await page.evaluate(async () => {
    const reply = await fetch('/api/projects/support/records?status=rejected')
    return (await reply.json()).records
  })
  expect(disliked).toHaveLength(2)
  const later = asked().slice(before)
  expect(later.length).toBeGreaterThan(0)
  for (const { fields } of disliked) {
    expect(later.every(prompt => prompt.includes(JSON.stringify(JSON.stringify(fields.text)).slice(3, -3)))).toBe(true)
  }
  expect(complaints).toEqual([])
})

it('begins with the records that the address names, and shows where two labels meet', async () => {
  const server = await serve({ script: teacher() })
  const { page, url, complaints } = await openStudio(await shopWorkspace(server), { width: 360, height: 760 })
  const { records } = await page.evaluate(async () => (await fetch('/api/projects/support/records?limit=3')).json())
  await page.goto(`${url}/p/support/grow/few-shot?records=${records.map(({ id }: { id: string }) => id).join(',')}`)
  const like = page.getByRole('region', { name: 'Like these', exact: true })
  for (const { fields } of records) await like.getByText(fields.text).waitFor()
  await page.waitForURL(({ search }) => search === '')

  await page.getByText('Between two labels').click()
  for (const [name, label] of [
    ['From', 'return_item'],
    ['To', 'damaged_item'],
  ] as const) {
    await page.getByRole('combobox', { name, exact: true }).fill(label)
    await page.getByRole('option', { name: label }).click()
  }
  await page.getByRole('region', { name: 'damaged_item, nearest to the other' }).getByRole('listitem').first().waitFor()
  expect(await seriousFaults(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(complaints).toEqual([])
})
