/** Simulations in a browser: watched, steered, downloaded; the same bytes as from the command line; faults that are said. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import * as builtIn from '../../src/simulations/models/index.ts'
import { cultivar, json } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { openStudio } from './open-studio.ts'

const seed = 7
/** Quick to make, and long enough that every kind of event comes. */
const stepsOf: Record<string, number> = { 'production-line': 3000, warehouse: 900 }

async function openSimulation(page: Page, url: string, path: string): Promise<void> {
  await page.goto(`${url}/simulations/${path}`)
  await page.getByText('Step 0', { exact: true }).waitFor()
}

async function download(page: Page, button: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).press('Enter'),
  ])
  return Buffer.concat(await Array.fromAsync(await file.createReadStream(), part => part as Buffer))
}

async function playUntil(page: Page, step: number): Promise<void> {
  await page.getByLabel('Pause after step').fill(String(step))
  await page.getByRole('slider', { name: 'Speed', exact: true }).press('End')
  await page.getByRole('button', { name: 'Play', exact: true }).press('Enter')
  await page.getByText(`Step ${step.toLocaleString('en')}`, { exact: true }).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

it('every built-in simulation writes in a browser what it writes on the command line, byte for byte', async () => {
  const folder = temporaryFolder()
  const { page, url, complaints } = await openStudio(folder)
  for (const { name } of Object.values(builtIn)) {
    const steps = stepsOf[name] ?? 60
    const args = ['--seed', String(seed), '--steps', String(steps), '--out', name, '--json']
    const run = json(await cultivar(folder, ['simulations', 'run', name, ...args]))
    await openSimulation(page, url, `${name}?seed=${seed}`)
    await playUntil(page, steps)
    expect(await seriousFaults(page)).toEqual([])
    const tables = Object.keys(run.rows)
    expect(tables.length).toBeGreaterThan(0)
    for (const table of tables) {
      const hash = hashOf(await download(page, `Download ${table}.csv`))
      expect(`${name} ${table} ${hash}`).toBe(
        `${name} ${table} ${hashOf(readFileSync(join(folder, name, `${table}.csv`)))}`,
      )
    }
  }
  expect(complaints).toEqual([])
}, 240_000)

it('somebody steers a model by keyboard, follows an agent, begins anew with other parameters, and saves a picture', async () => {
  const { page, url, complaints } = await openStudio(temporaryFolder())
  await openSimulation(page, url, 'wolf-sheep')
  const picture = page.getByRole('img', { name: /^wolf-sheep at step/ })
  expect(await picture.getAttribute('aria-label')).toBe('wolf-sheep at step 0: 60 sheep, 40 wolves')
  await page.getByRole('button', { name: 'The next agent' }).press('Enter')
  const agent = page.getByRole('table', { name: 'sheep 1', exact: true })
  await agent.getByRole('row', { name: /^Energy/ }).waitFor()
  const energy = await agent.innerText()
  await page.getByRole('region', { name: 'Agent' }).getByText('Click one').click()
  await page.keyboard.press('ArrowRight')
  await page.getByText('Step 1', { exact: true }).waitFor()
  await expect.poll(() => agent.innerText()).not.toBe(energy)
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  await page.getByText('Step 5', { exact: true }).waitFor()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  const first = hashOf(await download(page, 'Save the picture (PNG)'))
  await page.getByRole('slider', { name: 'Wolves, slider' }).press('Home')
  await page.getByRole('textbox', { name: 'Sheep', exact: true }).fill('500')
  await picture.and(page.getByLabel('wolf-sheep at step 0: 500 sheep, 0 wolves')).waitFor()
  const png = await download(page, 'Save the picture (PNG)')
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(hashOf(png)).not.toBe(first)
  await page.getByRole('textbox', { name: 'Seed' }).fill('12')
  await page.getByText('Step 0', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Reset', exact: true }).press('r')
  await expect.poll(() => page.url()).toContain('seed=12')
  await page.setViewportSize({ width: 360, height: 740 })
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await seriousFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})

it('a click on the picture chooses the agent that is there', async () => {
  const { page, url } = await openStudio(temporaryFolder())
  await openSimulation(page, url, 'schelling')
  const picture = page.getByRole('img', { name: /^schelling at step 0/ })
  const { width, height } = (await picture.boundingBox())!
  for (let share = 0.1; share < 0.9; share += 0.1) {
    await picture.click({ position: { x: share * width, y: 0.5 * height } })
    if ((await page.getByLabel('Number').inputValue()) !== '') break
  }
  const side = 40
  const id = await page.getByLabel('Number').inputValue()
  const row = page.getByRole('table', { name: `residents ${id}` }).getByRole('row', { name: /^Row/ })
  expect(Math.abs(Number((await row.innerText()).replace(/\D/g, '')) - side / 2)).toBeLessThanOrEqual(1)
})

const model = (body: string) => `import { agent, defineSimulation, Model, z } from 'cultivar/simulations'

class Ant extends agent({ load: 'u8' }) {
  step(model: Hill) {
    this.load += 1
    ${body}
  }
}

class Hill extends Model<Record<string, never>> {
  readonly grid = this.createGrid({ width: 10 })
  readonly ants = this.createPopulation(Ant, this.grid)
  readonly loads = this.createTable('loads', { load: 'integer' }, { every: 1, row: () => ({ load: this.ants.sum(ant => ant.load) }) })

  override setup() {
    this.ants.addMany(3, ant => ant.moveTo(this.grid.randomCell()))
  }

  override step() {
    this.ants.do(ant => ant.step(this))
  }
}

export default defineSimulation({ name: 'hill', version: 1, summary: 'Ants', parameters: z.object({}), steps: 9, model: Hill })
`

async function openOwn(body: string) {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'hill.ts'), model(body))
  return openStudio(folder, { command: ['simulations', 'show', './hill.ts'] })
}

it('a model that throws says at which step and which agent, and what it wrote can be downloaded', async () => {
  const { page, complaints } = await openOwn('if (model.steps === 4 && this.id === 2) throw new Error("Too heavy")')
  await page.getByText('Step 0', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Play', exact: true }).press('Enter')
  await page.getByText('“hill” stopped at step 4, when ant 2 acted: Error: Too heavy').waitFor()
  const rows = (await download(page, 'Download loads.csv')).toString().trimEnd().split('\n')
  expect(rows).toEqual(['step,load', '0,0', '1,3', '2,6', '3,9'])
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Reset', exact: true }).press('Enter')
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await page.getByText('Step 0', { exact: true }).waitFor()
  expect(complaints).toEqual([])
})

it('parameters with which a model cannot be set up leave nothing to play, until others are given', async () => {
  const { page, url, complaints } = await openStudio(temporaryFolder())
  await openSimulation(page, url, 'warehouse')
  await page.getByText('Step 0', { exact: true }).waitFor()
  const play = page.getByRole('button', { name: 'Play', exact: true })
  await page.getByRole('textbox', { name: 'Vehicles', exact: true }).fill('150')
  await page
    .getByRole('alert')
    .getByText(/do not find room/)
    .waitFor()
  await expect.poll(() => play.isDisabled()).toBe(true)
  await page.getByRole('textbox', { name: 'Vehicles', exact: true }).fill('5')
  await page.getByRole('img', { name: /^warehouse at step 0: 5 vehicles/ }).waitFor()
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await play.press('Enter')
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  expect(complaints).toEqual([])
})

it('a step without end is ended, and the page stays awake meanwhile', async () => {
  const { page, complaints } = await openOwn('while (model.steps === 3) this.load = 0')
  await page.getByText('Step 0', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Play', exact: true }).press('Enter')
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  await page.getByLabel('Pause after step').fill('8')
  await page
    .getByText(/did not end within 15 seconds, and the run was stopped after step [012]/)
    .waitFor({ timeout: 40_000 })
  await page.getByRole('button', { name: 'Reset', exact: true }).press('Enter')
  await page.getByText('Step 0', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'One step', exact: true }).press('Enter')
  await page.getByText('Step 1', { exact: true }).waitFor()
  expect(complaints).toEqual([])
})
