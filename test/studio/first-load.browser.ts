/** How much is loaded before the first page is there, and what only the heavy pages load. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { cultivar } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { openBrowser, serveStudio } from './open-studio.ts'

const most = 300_000

it('is there after less than 300 kB, and heavy parts come with the pages that need them', async () => {
  const folder = temporaryFolder()
  await cultivar(folder, ['init'])
  await cultivar(folder, ['projects', 'create', 'support', '--labels', 'bug,billing'])
  const studio = await serveStudio(folder)
  const context = await openBrowser()
  const page = context.pages()[0]!
  const loaded = watchLoading(page)
  await page.goto(studio.openingUrl)
  await page.getByRole('heading', { name: 'Projects', level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  const first = await loaded()
  const bytes = first.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(most)
  expect(first.filter(({ text }) => /CodeMirror|uPlot/.test(text)).map(({ url }) => url)).toEqual([])

  await page.goto(`${studio.url}/p/support/grow/recipe`)
  await page.locator('.cm-editor').waitFor()
  expect((await loaded()).some(({ text }) => text.includes('cm-editor'))).toBe(true)
})

/** What was loaded since the page began: address, compressed length and text of each file. */
function watchLoading(page: Page): () => Promise<{ url: string; bytes: number; text: string }[]> {
  const files: Promise<{ url: string; bytes: number; text: string }>[] = []
  page.on('requestfinished', request => {
    if (!/\.(js|css)$|\/$/.test(new URL(request.url()).pathname)) return
    files.push(
      (async () => {
        const response = await request.response()
        const { responseBodySize } = await request.sizes()
        // A redirect, as the signing in is, has no body.
        const text = response?.ok() ? await response.text() : ''
        return { url: request.url(), bytes: responseBodySize, text }
      })(),
    )
  })
  return () => Promise.all(files)
}
