/** A file dropped by mouse: as the browser tells a page of it. */
import type { Locator, Page } from 'playwright-core'

async function transferOf(page: Page, file: { name: string; text: string }) {
  return page.evaluateHandle(({ name, text }) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], name))
    return transfer
  }, file)
}

/** Onto a place of the page. */
export async function dropFile(page: Page, place: Locator, file: { name: string; text: string }): Promise<void> {
  const dataTransfer = await transferOf(page, file)
  for (const event of ['dragenter', 'dragover', 'drop']) await place.dispatchEvent(event, { dataTransfer })
}

/** Anywhere on a page that takes files everywhere: what then lies over it receives the file. */
export async function dropAnywhere(page: Page, shown: string, file: { name: string; text: string }): Promise<void> {
  const dataTransfer = await transferOf(page, file)
  await page.locator('body').dispatchEvent('dragenter', { dataTransfer })
  const over = page.getByText(shown)
  await over.waitFor()
  for (const event of ['dragover', 'drop']) await over.dispatchEvent(event, { dataTransfer })
}
