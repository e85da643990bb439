/** Every page, light and dark, on a phone, a laptop and a large screen: a picture of each is kept to be looked at. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { builtInSimulations } from '../../src/simulations/built-in.ts'
import { teacher } from '../../src/testing/index.ts'
import { serve } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { demoWorkspace, longModelName } from './demo-workspace.ts'
import { type OpenedStudio, openStudio } from './open-studio.ts'

const folder = join(import.meta.dirname, '..', '..', 'test-results', 'screens')
const sizes = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
]

it('shows every page without faults, at every size, in both schemes', { timeout: 600_000 }, async () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const server = await serve({ script: teacher() })
  const studio = await openStudio(await demoWorkspace(server.url))
  const faults: string[] = []
  for (const [name, path] of Object.entries(await placesOf(studio.page))) {
    for (const scheme of ['light', 'dark'] as const) {
      await studio.page.emulateMedia({ colorScheme: scheme })
      for (const size of sizes) {
        await studio.page.setViewportSize(size)
        if (size === sizes[0]) await open(studio, path)
        await studio.page.waitForTimeout(150)
        const file = `${name}-${size.width}-${scheme}.png`
        await studio.page.screenshot({ path: join(folder, file) })
        const sideways = await studio.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        if (sideways > 1) faults.push(`${file}: scrolls ${sideways} px sideways`)
      }
      faults.push(...(await seriousFaults(studio.page)).map(fault => `${name} ${scheme}: ${fault}`))
    }
  }
  expect(faults).toEqual([])
  expect(studio.complaints).toEqual([])
})

it('shows what an empty workspace has to say', async () => {
  mkdirSync(folder, { recursive: true })
  const studio = await openStudio(temporaryFolder())
  for (const [name, path] of Object.entries({ projects: '/', providers: '/providers', settings: '/settings' })) {
    await open(studio, path)
    await studio.page.screenshot({ path: join(folder, `nothing-yet-${name}.png`) })
    expect(await seriousFaults(studio.page)).toEqual([])
  }
  expect(studio.complaints).toEqual([])
})

/** Resolves once the page has its heading and has nothing more to load. */
async function open({ page, url }: OpenedStudio, path: string): Promise<void> {
  await page.goto(`${url}${path}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.locator('[aria-busy="true"]:visible').first().waitFor({ state: 'detached' })
}

/** Name and address of every page, with what the workspace holds filled in. */
async function placesOf(page: Page): Promise<Record<string, string>> {
  // biome-ignore lint/suspicious/noExplicitAny: whatever the API answers
  const ask = (path: string): Promise<any> =>
    page.evaluate(path => fetch(`/api${path}`).then(reply => reply.json()), path)
  const [run] = await ask('/projects/support/runs')
  const [document] = await ask('/projects/manuals/documents')
  const { records } = await ask('/projects/support/records?limit=50')
  const grown = records.find(({ run }: { run: string | null }) => run !== null)
  const [trial] = await ask('/projects/tickets/trials')
  const [improvement] = await ask('/projects/tickets/improvements')
  const tableResults: { id: string; kind: string }[] = await ask('/projects/club/table-results')
  const generators: { kind: string }[] = await ask('/generators')
  return {
    projects: '/',
    providers: '/providers',
    settings: '/settings',
    'api-reference': '/api-reference',
    simulations: '/p/support/simulations',
    ...Object.fromEntries(
      builtInSimulations.map(({ name }) => [`simulation-${name}`, `/p/support/simulations/${name}`]),
    ),
    'sign-in': '/sign-in',
    overview: '/p/support',
    'overview-empty': '/p/empty',
    'overview-strange': '/p/strange',
    import: '/p/support/import',
    export: '/p/support/export',
    'project-settings': '/p/strange/settings',
    records: '/p/support/records',
    'records-empty': '/p/empty/records',
    'records-strange': '/p/strange/records',
    'records-entities': '/p/news/records',
    'record-lineage': `/p/support/records?record=${grown.id}`,
    grow: '/p/support/grow',
    'grow-no-provider': '/p/empty/grow',
    recipe: '/p/support/grow/recipe',
    ...Object.fromEntries(generators.map(({ kind }) => [`grow-${kind}`, `/p/support/grow/${kind}`])),
    runs: '/p/support/runs',
    'runs-empty': '/p/empty/runs',
    run: `/p/support/runs/${run.id}`,
    documents: '/p/manuals/documents',
    'documents-empty': '/p/empty/documents',
    document: `/p/manuals/documents/${document.id}`,
    tables: '/p/club/tables',
    'tables-empty': '/p/empty/tables',
    'table-model': '/p/club/tables/models/members',
    'table-model-wide': `/p/club/tables/models/${longModelName}`,
    'table-model-series': '/p/club/tables/models/readings',
    'table-faults': '/p/club/tables/faults',
    'table-compare': '/p/club/tables/compare',
    ...Object.fromEntries(tableResults.map(({ id, kind }) => [`table-${kind}`, `/p/club/tables/results/${id}`])),
    models: '/p/tickets/models',
    'models-empty': '/p/empty/models',
    model: '/p/tickets/models/tickets',
    suites: '/p/tickets/suites',
    'suites-empty': '/p/empty/suites',
    suite: '/p/tickets/suites/robust',
    trial: `/p/tickets/trials/${trial.id}`,
    improvement: `/p/tickets/improvements/${improvement.id}`,
    'no-such-project': '/p/nowhere',
    'no-such-page': '/nowhere',
  }
}
