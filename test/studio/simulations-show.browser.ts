/** `cultivar simulations show` with a file of one's own, in a folder without a workspace. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { openStudio } from './open-studio.ts'

const rumour = join(import.meta.dirname, '..', '..', 'examples', 'simulations', 'rumour.ts')

it('a file of one’s own runs in the page with nothing changed, and nothing is left behind', async () => {
  const folder = temporaryFolder()
  const { page, complaints, process } = await openStudio(folder, {
    command: ['simulations', 'show', rumour, '--seed', '5', '--param', 'people=150'],
  })
  await page.getByRole('heading', { name: 'rumour', level: 1 }).waitFor()
  expect(new URL(page.url()).searchParams.get('seed')).toBe('5')
  await page.getByLabel('Seed', { exact: true }).waitFor()
  expect(await page.getByLabel('Seed', { exact: true }).inputValue()).toBe('5')
  expect(new URL(page.url()).searchParams.getAll('p')).toEqual(['people=150'])
  await page.keyboard.press('ArrowRight')
  await page.getByText('Step 1', { exact: true }).waitFor()
  await page.keyboard.press('Space')
  await page.getByText(/^tellings/).waitFor()
  await expect.poll(async () => page.getByText(/^Step \d\d/).count(), { timeout: 20_000 }).toBeGreaterThan(0)
  expect(complaints).toEqual([])
  process.child.kill('SIGINT')
  expect((await process.ended).code).toBe(0)
  expect(readdirSync(folder)).toEqual([])
})

it('another’s files are not served, and nobody who is not signed in gets a module', async () => {
  const { page, url, openingUrl, process } = await openStudio(temporaryFolder(), {
    command: ['simulations', 'show', rumour],
  })
  await page.getByRole('heading', { name: 'rumour', level: 1 }).waitFor()
  const module = (name: string) => `${url}/api/own-simulations/rumour/modules/${encodeURIComponent(name)}`
  const statusOf = (address: string) => page.evaluate(async to => (await fetch(to)).status, address)
  expect(await statusOf(module('rumour.ts'))).toBe(200)
  expect(await statusOf(module('../../package.json'))).toBe(404)
  expect(await statusOf(module('/etc/hostname'))).toBe(404)
  expect((await fetch(module('rumour.ts'))).status).toBe(401)
  expect(new URL(openingUrl).hostname).toBe('127.0.0.1')
  process.child.kill('SIGINT')
  expect((await process.ended).code).toBe(0)
})
