/** The package as a user installs it: packed, installed without development dependencies, run on plain Node. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pdfFile } from '../pdf-file.ts'
import { serveStudio } from '../studio/open-studio.ts'
import { temporaryFolder } from '../temporary-workspace.ts'

const root = join(import.meta.dirname, '..', '..')

it('installs from its tarball into an empty folder and runs the quickstart and the studio there', async () => {
  const folder = temporaryFolder()
  const npm = (args: string[], cwd: string) =>
    execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, encoding: 'utf8' })
  npm(['pack', '--pack-destination', folder], root)
  const [tarball] = readdirSync(folder).filter(name => name.endsWith('.tgz'))
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  npm(['install', '--omit=dev', join(folder, tarball!)], folder)

  const installed = join(folder, 'node_modules', 'cultivar')
  const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  expect(bin.cultivar).toMatch(/\.js$/)
  expect(existsSync(join(installed, 'src'))).toBe(false)
  expect(existsSync(join(folder, 'node_modules', 'typescript'))).toBe(false)

  // This process runs on the Node that the product asks for; the launcher needs no other.
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [join(installed, bin.cultivar), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder },
    })
  expect(run('quickstart', 'first')).toMatch(/\d+ of \d+ kept/)
  // Documents are read in processes that the package starts, pipelines from files that it brings along.
  run('--workspace', 'first', 'projects', 'create', 'manuals', '--kind', 'records')
  writeFileSync(join(folder, 'pump.html'), '<h1>The pump</h1><p>The pump has two valves.</p>')
  writeFileSync(join(folder, 'pump.pdf'), pdfFile([['The pump has two valves and a handle.']]))
  const added = run('--workspace', 'first', 'documents', 'add', 'pump.html', 'pump.pdf', '--project', 'manuals')
  expect(added).toMatch(/2 documents added/)
  expect(run('--workspace', 'first', 'documents', 'show', 'pump.pdf', '--project', 'manuals')).toContain('two valves')
  expect(run('pipelines', 'show', 'instructlab-full/freeform')).toContain('# user')
  const findings: { state: string }[] = JSON.parse(run('--workspace', 'first', 'doctor', '--json'))
  expect(findings.length).toBeGreaterThan(3)
  expect(findings.filter(({ state }) => state === 'FAIL')).toEqual([])
  writeFileSync(
    join(folder, 'program.mjs'),
    `import { createCultivar } from 'cultivar'
     import { scriptedModel } from 'cultivar/testing'
     console.log(typeof createCultivar, typeof scriptedModel)`,
  )
  const program = execFileSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' })
  expect(program.trim()).toBe('function function')

  // Pages that were packed with it, and a figure that a thread of its own computes.
  const studio = await serveStudio(join(folder, 'first'), { program: join(installed, bin.cultivar) })
  const opened = await fetch(studio.openingUrl, { redirect: 'manual' })
  const cookie = opened.headers
    .getSetCookie()
    .map(set => set.split(';')[0])
    .join('; ')
  const page = await (await fetch(studio.url, { headers: { cookie } })).text()
  const [script] = /\/assets\/[^"]+\.js/.exec(page) ?? []
  expect((await fetch(studio.url + script)).status).toBe(200)
  const training = await fetch(`${studio.url}/api/projects/tickets/training`, { headers: { cookie } })
  expect(await training.json()).toMatchObject({ task: 'classification' })
})
