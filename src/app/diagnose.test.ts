/** What the doctor finds: nothing wrong in a new workspace, and each thing that is. */
import { chmodSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { growTinyRun } from '../../test/grown-run.ts'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { scriptedServer, teacher } from '../testing/index.ts'
import { diagnose, type Finding } from './diagnose.ts'
import { createProject, updateProject } from './projects.ts'
import { addProvider } from './providers.ts'
import { initWorkspace, openWorkspace } from './workspace.ts'

const found = (findings: Finding[], what: string) => findings.filter(finding => finding.what === what)

it('finds nothing wrong in a new workspace, and says what is not there', async () => {
  const findings = await diagnose(await temporaryWorkspace())
  expect(findings.filter(({ state }) => state === 'FAIL')).toEqual([])
  expect(found(findings, 'local models')[0]).toMatchObject({ hint: expect.stringContaining('npm install --prefix') })
  expect(found(findings, 'plug-ins')[0]?.message).toMatch(/generators, \d+ critics, \d+ formats$/)
})

it('names the plug-ins that the configuration adds', async () => {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const format = "{ kind: 'morse', extensions: [], summary: '', read() {}, write() {} }"
  writeFileSync(join(folder, 'own.mjs'), `export const morse = ${format}`)
  writeFileSync(join(folder, 'cultivar.yaml'), 'plugins: [./own.mjs]')
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  onTestFinished(() => workspace.close())
  expect(found(await diagnose(workspace), 'plug-ins')[0]?.message).toContain('from cultivar.yaml: morse')
})

it('finds providers that fail, that a project may not use, and embedders that are not assigned', async () => {
  const workspace = await temporaryWorkspace()
  const server = await scriptedServer({ script: teacher() })
  onTestFinished(() => server.close())
  for (const name of ['open', 'closed', 'idle']) await createProject(workspace, { name })
  const kind = 'openai-compatible' as const
  const here = { name: 'here', kind, endpoint: server.url, model: 'scripted-1', jsonMode: 'schema' as const }
  await addProvider(workspace, { settings: here, projects: ['open'] })
  await addProvider(workspace, {
    settings: { name: 'far', kind, endpoint: 'https://api.example.com/v1', model: 'm', apiKeyEnv: 'FAR_KEY' },
    projects: ['closed'],
  })
  await updateProject(workspace, 'closed', { egress: 'none' })
  await updateProject(workspace, 'open', { embedder: 'far' })
  const findings = await diagnose(workspace)
  expect(found(findings, 'provider here')[0]?.state).toBe('ok')
  expect(found(findings, 'provider far')[0]?.state).toBe('FAIL')
  expect(found(findings, 'project closed')[0]?.message).toContain('cannot use far')
  expect(found(findings, 'project open')[0]).toMatchObject({
    state: 'FAIL',
    hint: expect.stringContaining('assign far'),
  })
  expect(found(findings, 'project idle')[0]?.message).toBe('may use no provider')
})

it('finds a key that others can read, certificates that are gone, and runs whose process is', async () => {
  const environment = { NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' }
  const workspace = await temporaryWorkspace(environment)
  await createProject(workspace, { name: 'open' })
  const settings = { name: 'gpt', kind: 'openai' as const, model: 'm', endpoint: 'http://127.0.0.1:1/v1' }
  await addProvider(workspace, { settings, apiKey: 'sk-1', projects: ['open'] })
  chmodSync(join(workspace.folder, '.cultivar', 'secret.key'), 0o644)
  await growTinyRun(workspace.runs, { project: 'open' })
  const [run] = await workspace.store.listRuns()
  const dead = { token: 'gone', pid: 2 ** 30, host: hostname(), sinceMs: 0 }
  const taking = { holder: dead, nowMs: workspace.clock.now(), leaseMs: 60_000, isAlive: () => true }
  await workspace.runs.openRun(run!, run!, taking)
  const findings = await diagnose(workspace)
  expect(found(findings, `run ${run!.id}`)[0]?.hint).toBe(`cultivar runs resume ${run!.id}`)
  expect(found(findings, 'secrets')[0]?.hint).toContain('chmod 600')
  expect(found(findings, 'environment').map(({ state }) => state)).toContain('FAIL')
})
