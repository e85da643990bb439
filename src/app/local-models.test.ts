/** Local models in a workspace: added, got, opened; what is missing or wrong is said before a run begins. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import type { ProviderInput } from '../model/provider.ts'
import { modelSetting } from './local-models.ts'
import { createProject } from './projects.ts'
import { addProvider, checkProviders, downloadProviderModel, openModel, probeProvider } from './providers.ts'
import { updateProvider } from './update-provider.ts'
import type { Workspace } from './workspace.ts'

const content = 'GGUF, and what a model may hold'
const sha256 = createHash('sha256').update(content).digest('hex')

/** A folder in which node-llama-cpp seems to be installed: nothing of it is used before a model is loaded. */
function installed(): string {
  const folder = temporaryFolder()
  const dist = join(folder, 'node_modules', 'node-llama-cpp', 'dist')
  mkdirSync(dist, { recursive: true })
  writeFileSync(join(dist, 'index.js'), '')
  const manifest = { name: 'node-llama-cpp', version: '3.22.1', exports: { node: './dist/index.js' } }
  writeFileSync(join(dist, '..', 'package.json'), JSON.stringify(manifest))
  return folder
}

async function workspaceWith(environment: Record<string, string> = { CULTIVAR_LLAMA: installed() }) {
  const workspace = await temporaryWorkspace(environment)
  writeFileSync(join(workspace.folder, 'some.gguf'), content)
  return { workspace, project: await createProject(workspace, { name: 'tales', egress: 'none' }) }
}

const add = (workspace: Workspace, settings: Partial<ProviderInput>) =>
  addProvider(workspace, { settings: { name: 'tiny', kind: 'local', ...settings }, projects: ['tales'] })

async function site(files: Record<string, string>): Promise<string> {
  const listening = createServer((request, response) => {
    const file = files[request.url ?? '']
    response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    listening.closeAllConnections()
    listening.close()
  })
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
}

it('opens a model for a project that lets no text out, known by its bytes and the name of its file', async () => {
  const { workspace, project } = await workspaceWith()
  const { provider } = await add(workspace, { model: 'some.gguf', sha256 })
  expect(provider).toMatchObject({ concurrency: 2, timeoutMs: 600_000 })
  const opened = await openModel(workspace, 'tiny', project)
  expect(opened).toMatchObject({
    ...{ kind: 'local', endpoint: `sha256:${sha256}`, model: 'some.gguf', loopback: true, jsonMode: 'schema' },
    limits: { concurrency: 2 },
  })
  expect(await probeProvider(workspace, 'tiny', project)).toBe('schema')

  mkdirSync(join(workspace.folder, 'models'))
  renameSync(join(workspace.folder, 'some.gguf'), join(workspace.folder, 'models', 'some.gguf'))
  await updateProvider(workspace, 'tiny', { settings: { model: 'models/some.gguf' } })
  const { endpoint, model } = await openModel(workspace, 'tiny', project)
  expect({ endpoint, model }).toEqual({ endpoint: opened.endpoint, model: opened.model })
})

it('is another model once its file changes, and none where a checksum says which it must be', async () => {
  const { workspace, project } = await workspaceWith()
  await add(workspace, { model: 'some.gguf' })
  const before = await openModel(workspace, 'tiny', project)
  writeFileSync(join(workspace.folder, 'some.gguf'), content.replace('may', 'can'))
  expect((await openModel(workspace, 'tiny', project)).endpoint).not.toBe(before.endpoint)
  await updateProvider(workspace, 'tiny', { settings: { sha256 } })
  await expect(openModel(workspace, 'tiny', project)).rejects.toMatchObject({ code: 'bad-file' })
})

it.each<[string, Partial<ProviderInput>, string]>([
  ['no file', {}, 'bad-input'],
  ['a file that is not there', { model: 'other.gguf' }, 'not-found'],
  ['a web page', { model: 'page.gguf' }, 'bad-file'],
  ['another checksum', { model: 'some.gguf', sha256: '0'.repeat(64) }, 'bad-file'],
  ['no checksum at all', { model: 'some.gguf', sha256: 'x' }, 'bad-input'],
  ['an endpoint', { model: 'some.gguf', endpoint: 'http://127.0.0.1:1/v1' }, 'bad-input'],
  ['a URL that is none', { model: 'http://' }, 'bad-input'],
])('does not add a model with %s', async (_, settings, code) => {
  const { workspace } = await workspaceWith()
  writeFileSync(join(workspace.folder, 'page.gguf'), '<!doctype html>')
  await expect(add(workspace, settings)).rejects.toMatchObject({ code })
  expect(await workspace.store.listProviders()).toEqual([])
})

it('gets a model only when told to, and then once', async () => {
  const { workspace, project } = await workspaceWith()
  const files: Record<string, string> = { '/m/far.gguf': content }
  const url = `${await site(files)}/m/far.gguf`
  await add(workspace, { model: url, sha256 })
  await expect(openModel(workspace, 'tiny', project)).rejects.toMatchObject({
    code: 'not-found',
    hint: 'Get it: cultivar providers download tiny',
  })
  const [check] = await checkProviders(workspace, ['tiny'])
  expect(check?.error?.code).toBe('not-found')
  const file = await downloadProviderModel(workspace, 'tiny')
  expect(file).toMatchObject({ sha256, bytes: content.length })
  delete files['/m/far.gguf']
  expect(await downloadProviderModel(workspace, 'tiny')).toEqual(file)
  expect(await openModel(workspace, 'tiny', project)).toMatchObject({ model: 'far.gguf', endpoint: `sha256:${sha256}` })
})

it('keeps nothing of a download with another checksum', async () => {
  const { workspace } = await workspaceWith()
  const model = `${await site({ '/far.gguf': content })}/far.gguf`
  await add(workspace, { model, sha256: '0'.repeat(64) })
  await expect(downloadProviderModel(workspace, 'tiny')).rejects.toMatchObject({ code: 'bad-file' })
  expect(existsSync(join(workspace.folder, 'far.gguf'))).toBe(false)
})

it('says how to install what is missing, before anything is asked', async () => {
  const { workspace, project } = await workspaceWith({ CULTIVAR_LLAMA: temporaryFolder() })
  await add(workspace, { model: 'some.gguf' })
  await expect(openModel(workspace, 'tiny', project)).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringContaining('npm install --prefix'),
  })
})

it('names a model from the workspace’s folder, wherever it was named from', () => {
  expect(modelSetting('../a.gguf', '/home/ada/space/sub', '/home/ada/space')).toBe('a.gguf')
  expect(modelSetting('a.gguf', '/elsewhere', '/home/ada/space')).toBe('/elsewhere/a.gguf')
  expect(modelSetting('https://example.com/a.gguf', '/elsewhere', '/home/ada/space')).toBe('https://example.com/a.gguf')
})
