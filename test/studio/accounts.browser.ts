/** A team at one studio on PostgreSQL: an admin invites, somebody chooses a password, roles hold, sessions end. */
import { expect, it, onTestFinished } from 'vitest'
import { testDatabases } from '../databases.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openBrowser, openStudio } from './open-studio.ts'

const chosen = 'correct horse battery'

const postgres = testDatabases().find(({ name }) => name === 'PostgreSQL')

it.skipIf(!postgres)('an admin invites a reviewer, who signs in by a password of their own', async () => {
  const { address, close } = await postgres!.open()
  onTestFinished(close)
  const environment = { DATABASE_URL: address, USER: 'ada' }
  const { page, url, complaints } = await openStudio(temporaryFolder(), { environment })
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByText('ada · admin', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Add an account' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Bo')
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Add' }).press('Enter')
  const invitation = await page.getByLabel('Address', { exact: true }).inputValue()
  expect(invitation).toMatch(/\/sign-in#invitation=[\w-]{43}$/)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('cell', { name: 'was invited, has chosen no password yet' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  const theirs = (await openBrowser()).pages()[0]!
  await theirs.goto(invitation)
  await theirs.getByRole('heading', { name: 'Choose a password' }).waitFor()
  expect(theirs.url()).toBe(`${url}/sign-in`)
  expect(await seriousFaults(theirs)).toEqual([])
  await theirs.getByLabel(/^Password/).fill(chosen)
  await theirs.keyboard.press('Enter')
  await theirs.getByRole('heading', { name: 'Projects', level: 1 }).waitFor()
  await theirs.getByText('Bo · reviewer', { exact: true }).waitFor()
  await theirs.goto(`${url}/settings`)
  await theirs.getByRole('heading', { name: 'Password' }).waitFor()
  expect(await theirs.getByRole('heading', { name: 'Accounts' }).count()).toBe(0)
  expect(await theirs.evaluate(async () => (await fetch('/api/accounts')).status)).toBe(403)

  await page.getByLabel('Role of Bo').selectOption('editor')
  await page.waitForResponse(response => response.url().endsWith('/api/accounts'))
  await theirs.reload()
  await theirs.getByRole('heading', { name: 'Sign in' }).waitFor()
  await theirs.getByLabel('Name').fill('bo')
  await theirs.getByLabel(/^Password/).fill('not this one, surely')
  await theirs.keyboard.press('Enter')
  await theirs.getByText('Name or password is wrong.').waitFor()
  expect(await seriousFaults(theirs)).toEqual([])
  await theirs.getByLabel(/^Password/).fill(chosen)
  await theirs.keyboard.press('Enter')
  await theirs.getByText('Bo · editor', { exact: true }).waitFor()

  await page.getByRole('button', { name: 'What to do with Bo' }).click()
  await page.getByRole('menuitem', { name: 'Remove …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('cell', { name: 'Bo', exact: true }).waitFor({ state: 'detached' })
  await theirs.reload()
  await theirs
    .getByRole('heading', { name: 'Sign in' })
    .or(theirs.getByRole('heading', { name: 'Nobody' }))
    .waitFor()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('heading', { name: 'Nobody is signed in' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})
