/** Projects, from an empty workspace: made, given labels and colours, changed, removed. */
import { expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

it('a newcomer makes a project by keyboard, colours a label, and is told the next step', async () => {
  const { page, complaints } = await openStudio(temporaryFolder())
  await page.getByText('There is no project yet.').waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('button', { name: 'New project' }).focus()
  await page.keyboard.press('Enter')
  const name = page.getByLabel('Name', { exact: true })
  await name.waitFor()
  await expect.poll(() => name.evaluate(input => input === document.activeElement)).toBe(true)
  await page.keyboard.type('Étoile Shop!')
  await page.getByText('Use lower-case letters').waitFor()
  await page.getByRole('button', { name: 'Use “etoile-shop”' }).press('Enter')
  expect(await name.inputValue()).toBe('etoile-shop')
  expect(await page.getByRole('radio', { name: 'Classification' }).getAttribute('aria-checked')).toBe('true')
  await page.getByLabel('Add labels').focus()
  await page.keyboard.type('refund, billing')
  await page.keyboard.press('Enter')
  await page.getByLabel('Colour of billing').fill('#aa3366')
  // What was typed and not added yet is taken, too.
  await page.getByLabel('Add labels').fill('praise')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Make the project' }).press('Enter')

  await page.getByRole('heading', { name: 'etoile-shop', level: 1 }).waitFor()
  await page.getByRole('heading', { name: 'Next: bring examples' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page.getByRole('link', { name: 'Project settings' }).click()
  await page.getByRole('button', { name: 'Move praise up' }).press('Enter')
  await page.getByRole('button', { name: 'Take refund off the list' }).press('Enter')
  await page.getByRole('region', { name: 'Labels' }).getByRole('button', { name: 'Save' }).press('Enter')
  await page.getByText('Saved.').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  const { labels, colours } = await page.evaluate(async () =>
    (await fetch('/api/projects/etoile-shop/settings')).json(),
  )
  expect(labels).toEqual(['praise', 'billing'])
  expect(colours.billing).toBe('#aa3366')

  await page.getByRole('button', { name: 'Remove etoile-shop' }).press('Enter')
  const remove = page.getByRole('button', { name: 'Remove it' })
  await remove.waitFor()
  expect(await remove.isDisabled()).toBe(true)
  await page.getByLabel('Type etoile-shop to remove it').fill('etoile-shop')
  await page.keyboard.press('Enter')
  await page.getByText('There is no project yet.').waitFor()
  expect(complaints).toEqual([])
})
