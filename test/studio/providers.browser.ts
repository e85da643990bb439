/** Providers in the studio: added where one is, validated, assigned, changed, and their keys never shown. */
import { expect, it } from 'vitest'
import { teacher } from '../../src/testing/index.ts'
import { cultivar, json, serve } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

const secret = 'sk-studio-0123456789abcdef'

it('adds a server with a key, validates it first, and never shows the key again', async () => {
  const server = await serve({ script: teacher(), apiKey: secret })
  const folder = temporaryFolder()
  await cultivar(folder, ['init'])
  await cultivar(folder, ['projects', 'create', 'support', '--labels', 'bug,billing'])
  const { page, complaints } = await openStudio(folder)

  await page.getByRole('link', { name: 'Providers' }).click()
  await page.getByRole('button', { name: 'Add a provider' }).first().click()
  await page.getByRole('button', { name: /Another server/ }).click()
  await page.getByLabel('Your name for it').fill('gpt')
  await page.getByLabel('Address (endpoint)').fill(server.url)
  await page.getByText('Store a key').click()
  await page.getByRole('textbox', { name: 'Secret key' }).fill('sk-wrong')
  await page.getByRole('button', { name: 'Validate' }).click()
  await page.getByText('It cannot be used like this').waitFor()
  await page.getByText('Key accepted: no').waitFor()
  await page.getByRole('textbox', { name: 'Secret key' }).fill(secret)
  await page.getByRole('button', { name: 'Validate' }).click()
  await page.getByText('It works').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Add', exact: true }).click()

  const card = page.getByRole('article', { name: 'Provider gpt' })
  await card.getByText('Key stored').waitFor()
  await card.getByRole('button', { name: 'Validate gpt' }).click()
  await card.getByText('It works').waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await card.getByRole('button', { name: 'Change gpt' }).click()
  await page.getByRole('button', { name: /Prices, limits/ }).click()
  await page.getByLabel('Price of a million input tokens').fill('0.4')
  await page.getByRole('button', { name: 'Save' }).click()
  await card.getByText('$0.4 in').waitFor()

  const stored = json(await cultivar(folder, ['providers', 'list', '--json']))
  expect(stored).toMatchObject([
    { provider: { name: 'gpt', endpoint: server.url, inputUsdPerMillion: 0.4 }, projects: ['support'], key: 'stored' },
  ])
  expect(json(await cultivar(folder, ['providers', 'check', 'gpt', '--json']))[0].check.ok).toBe(true)
  // Neither the page nor any answer of the server holds the key.
  expect(await page.content()).not.toContain(secret)
  const answer = await page.evaluate(() => fetch('/api/providers').then(reply => reply.text()))
  expect(answer).toContain('"gpt"')
  expect(answer).not.toContain(secret)

  await card.getByRole('button', { name: 'Remove gpt' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByText('There is no provider yet.').waitFor()
  expect(complaints).toEqual([])
})
