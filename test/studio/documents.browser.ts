/** Documents, from an empty workspace: added, read, cut into chunks. */
import { expect, it } from 'vitest'
import { pdfFile } from '../pdf-file.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

const manual = `# The pump

Read this before use. <script>window.broken = true</script> <img src=x onerror="window.broken = true">

## Start

${'The pump starts at noon and runs until the tank is full. '.repeat(30)}

## Stop

${'Press the red button and wait until it is silent. '.repeat(30)}
`

it('somebody adds a manual and a PDF, reads them, and sees the chunks that questions are made from', async () => {
  const { page, complaints } = await openStudio(temporaryFolder())
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name', { exact: true }).fill('plant')
  await page.getByRole('radio', { name: 'Questions and answers' }).click()
  await page.getByRole('button', { name: 'Make the project' }).press('Enter')
  await page.getByRole('link', { name: 'Add documents' }).press('Enter')

  await page.getByText('There is no document yet.').waitFor()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files …' }).press('Enter'),
  ])
  await chooser.setFiles([
    { name: 'manual.md', mimeType: 'text/markdown', buffer: Buffer.from(manual) },
    {
      name: 'plan.pdf',
      mimeType: 'application/pdf',
      buffer: pdfFile([['The plan of the plant'], ['The second page']]),
    },
    { name: 'broken.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 nothing') },
  ])
  await page.getByText('2 documents added').waitFor()
  await page.getByText('broken.pdf could not be read').waitFor()
  await page.getByRole('row', { name: /plan\.pdf.* pdf 2 / }).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page
    .getByRole('row', { name: /^plan\.pdf/ })
    .getByRole('link')
    .press('Enter')
  await page.getByText('The second page').waitFor()
  await page.getByText('page 2', { exact: true }).waitFor()
  await page.goBack()

  await page
    .getByRole('row', { name: /^manual\.md/ })
    .getByRole('link')
    .press('Enter')
  await page.getByRole('heading', { name: 'Start' }).waitFor()
  await page.getByText('<script>window.broken = true</script>').waitFor()
  expect(await page.evaluate(() => 'broken' in window)).toBe(false)
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('tab', { name: 'Chunks' }).press('Enter')
  const few = await chunksOf()
  await page.getByRole('slider', { name: 'Most tokens of a chunk' }).press('Home')
  await expect.poll(chunksOf).toBeGreaterThan(few)
  expect(await seriousFaults(page)).toEqual([])
  const grow = page.getByRole('link', { name: 'Questions from this document' })
  expect(await grow.getAttribute('href')).toMatch(/^\/p\/plant\/grow\/document-qa\?document=[0-9a-f%"]+$/)

  await page.getByRole('link', { name: 'Documents' }).press('Enter')
  await page.getByRole('button', { name: 'Remove manual.md' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).press('Enter')
  await page.getByRole('row', { name: /^manual\.md/ }).waitFor({ state: 'detached' })
  expect(complaints).toEqual([])

  async function chunksOf(): Promise<number> {
    await page.getByRole('article').first().waitFor()
    return page.getByRole('article').count()
  }
})
