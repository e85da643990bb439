/** A run at the screen: watched live, paused, resumed, its server killed, and what it rejected taken in after all. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { type Script, teacher } from '../../src/testing/index.ts'
import { serve, shopWorkspace, start } from '../e2e/command-line.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio, serveStudio } from './open-studio.ts'

/** Says the same to the same question whenever it is asked, and judges three of ten texts badly. */
const steady: Script = request => teacher({ judge: { rejectShare: 0.3 } })({ ...request, repeat: 0 })

const recipe = {
  project: 'support',
  generator: 'few-shot',
  params: { perCall: 2 },
  critics: [{ kind: 'judge' }],
  // More than it comes to while it is watched.
  target: 800,
  limits: { concurrency: 4 },
}

it('watches a run fill, pauses it, loses its server, resumes it, and restores what it rejected', async () => {
  const server = await serve({ script: steady, latency: { kind: 'fixed', ms: 150 } })
  const folder = await shopWorkspace(server)
  const studio = await openStudio(folder)
  const { page, url, complaints } = studio
  await page.goto(`${url}/p/support/runs`)
  await page.getByText('Nothing was grown yet').waitFor()
  expect(await seriousFaults(page)).toEqual([])

  const { run } = await startRun(page)
  await page.getByRole('link', { name: run.slice(0, 8) }).click()
  await page.getByText('Growing', { exact: true }).waitFor()
  await until(async () => (await kept(page)) >= 4)
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Pause' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('It was stopped.').waitFor()
  expect(server.counts.aborted).toBe(0)
  expect(await kept(page)).toBeLessThan(800)

  await page.getByRole('button', { name: 'Resume' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Growing', { exact: true }).waitFor()
  const received = server.counts.received
  await until(() => server.counts.received >= received + 4)
  studio.process.child.kill('SIGKILL')
  await page.getByText('The connection to the studio is lost').waitFor()
  const inFlight = server.counts.maxInFlight
  await studio.process.ended
  await serveStudio(folder, { args: ['--port', new URL(url).port] })
  await page.getByText('Interrupted').first().waitFor()
  const wanted = (await kept(page)) + 24
  await page.getByRole('button', { name: 'Go on with another target' }).click()
  await page.getByLabel('Records to keep in all').fill(String(wanted))
  await page.keyboard.press('Enter')
  await page.getByText('Done', { exact: true }).waitFor()
  // Only what was in flight at the moment of death can have been sent twice.
  const distinct = new Set(server.requests.map(({ body }) => JSON.stringify(body)))
  expect(server.counts.received - distinct.size).toBeLessThanOrEqual(inFlight)

  await page.getByRole('link', { name: /rejected by judge/ }).click()
  await page.getByRole('group', { name: 'Reasons of judge' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  const restore = page.getByRole('button', { name: /^Restore: / }).first()
  const text = (await restore.getAttribute('aria-label'))!.slice('Restore: '.length)
  await restore.focus()
  await page.keyboard.press('Enter')
  await page.getByText('1 record restored into the dataset').waitFor()
  await page.getByText('Restored 1', { exact: true }).click()
  await page.getByRole('button', { name: `Undo restoring: ${text}` }).waitFor()
  await page.goto(`${url}/p/support/records?run=${run}&outcome=restored`)
  await page.getByText(text).first().waitFor()

  for (const [tab, shown] of Object.entries({
    records: 'The first 20',
    report: 'Some of what was kept',
    recipe: 'Versions',
    card: 'How it was grown',
  })) {
    await page.goto(`${url}/p/support/runs/${run}?tab=${tab}`)
    await page.getByText(shown).first().waitFor()
    expect(await seriousFaults(page), tab).toEqual([])
  }
  expect(complaints).toEqual([])
})

it('watches and pauses a run that the command line grows', async () => {
  const server = await serve({ script: steady, latency: { kind: 'fixed', ms: 200 } })
  const folder = await shopWorkspace(server)
  const { page, url, complaints } = await openStudio(folder)
  const line = ['run', 'few-shot', '--param', 'label=order_status', '--param', 'perCall=2', '--target', '60']
  const growing = start(folder, [...line, '--concurrency', '1'])
  await growing.said('Growing run')
  await page.goto(`${url}/p/support/runs`)
  await page.getByRole('link', { name: /^[0-9a-f]{8}$/ }).click()
  await page.getByText(`Grown by another process: ${growing.child.pid}`).waitFor()
  const refused = await page.evaluate(startThere, recipe)
  expect(refused).toMatchObject({ code: 'run-held', details: { pid: growing.child.pid, here: false } })
  await until(async () => (await kept(page)) >= 2)
  await page.getByRole('button', { name: 'Pause' }).click()
  expect((await growing.ended).code).toBe(130)
  await page.getByText('Paused', { exact: true }).first().waitFor()
  expect(complaints).toEqual([])
})

/** Begins it as the grow pages do. */
async function startRun(page: Page): Promise<{ run: string }> {
  return page.evaluate(startThere, recipe)
}

async function startThere(body: object) {
  const answer = await fetch('/api/projects/support/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ recipe: body }),
  })
  return answer.json()
}

async function kept(page: Page): Promise<number> {
  const said = await page
    .getByText(/^[\d,]+ of [\d,]+ kept$/)
    .first()
    .textContent()
  return Number.parseInt(said ?? '0', 10)
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 50))
}
