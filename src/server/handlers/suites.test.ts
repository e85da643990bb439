/** Suites and models over HTTP: what is refused, and what a refusal names. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { inProcessStudio } from '../../../test/in-process-studio.ts'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { createProject } from '../../app/projects.ts'
import { suiteText } from '../../suites/suite.ts'

async function studio() {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'support', egress: 'none' })
  const { send, jobs, reported } = await inProcessStudio(workspace)
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as a client would
  const asked = async (method: string, path: string, body?: unknown): Promise<{ status: number; value: any }> => {
    const response = await send(method, `/api${path}`, body)
    return { status: response.status, value: response.status === 204 ? undefined : await response.json() }
  }
  return { workspace, asked, jobs, reported }
}

it('takes no program, no key of the environment and no file of this machine from a browser', async () => {
  const { workspace, asked } = await studio()
  await asked('POST', '/suites', { name: 'robust' })
  for (const target of [
    { kind: 'command', command: ['true'] },
    { kind: 'http', url: 'http://127.0.0.1:9/', keyEnv: 'HOME' },
    { kind: 'http', url: 'http://127.0.0.1:9/', headers: { a: 'env:HOME' } },
    { kind: 'predictions', path: '/etc/passwd' },
  ]) {
    const { status, value } = await asked('POST', '/projects/support/suite-runs', { suite: 'robust', target })
    expect([status, value.errors.every(({ path }: { path: string }) => path.startsWith('body.target'))]).toEqual([
      400,
      true,
    ])
  }
  const file = join(workspace.folder, 'other.yaml')
  writeFileSync(file, suiteText({ tests: [{ category: 'robustness', kind: 'uppercase' }], other: {}, notes: [] }))
  for (const path of ['other.yaml', file, '../other.yaml']) {
    expect((await asked('GET', `/suites/${encodeURIComponent(path)}`)).status).toBe(404)
    expect((await asked('POST', '/projects/support/trials', { suite: path })).status).toBe(404)
    expect((await asked('POST', '/projects/support/improvements', { suite: path })).status).toBe(404)
  }
  for (const id of ['..', '../trials', '%2e%2e'])
    expect((await asked('GET', `/improvements/${encodeURIComponent(id)}`)).status).toBe(404)
})

it('sends no text to another machine where the project lets none leave', async () => {
  const { asked, jobs, reported } = await studio()
  await asked('POST', '/suites', { name: 'robust' })
  const target = { kind: 'http', url: 'https://models.example.com/predict' }
  const { value } = await asked('POST', '/projects/support/suite-runs', { suite: 'robust', target })
  for await (const job of jobs.watch(value.id, new AbortController().signal))
    if (job.state !== 'running') expect(job).toMatchObject({ state: 'failed', problem: { code: 'egress-denied' } })
  expect(reported).toEqual([])
})

it('saves what was changed, and names the member of what it refuses', async () => {
  const { asked } = await studio()
  const made = await asked('POST', '/suites', { name: 'robust', task: 'entities' })
  expect(made.value).toMatchObject({ name: 'robust', tasks: ['entities'], minPassRate: 0.95 })
  const again = await asked('POST', '/suites', { name: 'robust' })
  expect([again.status, again.value.code]).toEqual([409, 'already-exists'])
  const [uppercase, typo] = ['uppercase', 'add_typo'].map(kind => ({ category: 'robustness', kind }))
  const wrong = await asked('PUT', '/suites/robust', { tests: [uppercase, { ...typo, parameters: { count: 'many' } }] })
  expect(wrong.value.errors).toMatchObject([{ path: 'tests.1.parameters.count' }])
  const content = { minPassRate: 0.9, tests: [uppercase, { ...typo, prob: 0.5 }] }
  expect((await asked('PUT', '/suites/robust', content)).value).toMatchObject(content)
  expect((await asked('GET', '/suites/robust')).value).toMatchObject(content)
  expect((await asked('DELETE', '/suites/robust')).status).toBe(204)
  expect((await asked('GET', '/suites/robust')).status).toBe(404)
})

it('describes every test with an example and what it takes', async () => {
  const { asked } = await studio()
  const { value } = await asked('GET', '/tests')
  expect(value.length).toBeGreaterThan(60)
  for (const { example, params, tasks } of value) {
    expect(example.before).not.toBe(example.after)
    expect(params).toMatchObject({ type: 'object' })
    expect(tasks.length).toBeGreaterThan(0)
  }
})

it('says what a project lacks before anything can be learned', async () => {
  const { asked } = await studio()
  expect((await asked('GET', '/projects/support/models')).value).toEqual([])
  const preview = await asked('GET', '/projects/support/training')
  expect([preview.status, preview.value.title]).toEqual([400, 'Project “support” has no records.'])
  expect((await asked('GET', '/models/none@1')).status).toBe(404)
  expect((await asked('POST', '/projects/support/models', { name: '../x' })).status).toBe(400)
})
