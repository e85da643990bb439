/** The frame of the studio, from an empty workspace. */
import { expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-workspace.ts'
import { openStudio } from './open-studio.ts'

it('signs in by the address it printed, once, and asks nobody else for anything', async () => {
  const studio = await openStudio(temporaryFolder())
  await studio.page.getByRole('heading', { name: 'Projects', level: 1 }).waitFor()
  expect(studio.page.url()).toBe(`${studio.url}/`)
  expect(studio.complaints).toEqual([])
  await studio.context.clearCookies()
  await studio.page.goto(studio.openingUrl)
  await studio.page.getByRole('heading', { name: 'Nobody is signed in' }).waitFor()
})
