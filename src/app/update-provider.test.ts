/** Settings of a provider change one by one, and its secrets stay what and where they were. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { createProject } from './projects.ts'
import { unsealProvider } from './provider-secrets.ts'
import { addProvider } from './providers.ts'
import { type ProviderSettings, updateProvider } from './update-provider.ts'
import type { Workspace } from './workspace.ts'

const settings = {
  name: 'gpt',
  kind: 'openai-compatible' as const,
  endpoint: 'https://user:pw-4711@models.example.com/v1?token=query-secret',
  headers: { 'x-team': 'header-secret' },
  model: 'm1',
}

async function withProvider() {
  const workspace = await temporaryWorkspace({ OTHER_KEY: 'sk-other' })
  await createProject(workspace, { name: 'support' })
  await addProvider(workspace, { settings, apiKey: 'sk-old', projects: ['support'] })
  return workspace
}

async function used(workspace: Workspace) {
  return unsealProvider(workspace, (await workspace.store.findProvider('gpt'))!)
}

it('changes what is given and keeps all else', async () => {
  const workspace = await withProvider()
  const changes: fc.Arbitrary<Partial<ProviderSettings>> = fc.record(
    {
      model: fc.constantFrom('m1', 'm2'),
      terms: fc.constantFrom('apache-2.0', 'https://example.com/terms'),
      concurrency: fc.integer({ min: 1, max: 99 }),
      rpm: fc.integer({ min: 1, max: 99 }),
      inputUsdPerMillion: fc.integer({ min: 0, max: 99 }),
      headers: fc.constant({ 'x-team': 'another-secret' }),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(changes, async given => {
      const before = await used(workspace)
      const { projects, key } = await updateProvider(workspace, 'gpt', { settings: given })
      expect({ projects, key }).toEqual({ projects: ['support'], key: 'stored' })
      expect(await used(workspace)).toEqual({ ...before, provider: { ...before.provider, ...given } })
    }),
    { numRuns: 25 },
  )
})

it('takes a new key, or a variable in its place, and stores neither in clear', async () => {
  const workspace = await withProvider()
  await updateProvider(workspace, 'gpt', { apiKey: ' sk-new-secret\n' })
  expect(await used(workspace)).toMatchObject({ apiKey: 'sk-new-secret', provider: { headers: settings.headers } })
  const listed = await updateProvider(workspace, 'gpt', { settings: { apiKeyEnv: 'OTHER_KEY' } })
  expect(listed.key).toBe('environment')
  expect(await used(workspace)).not.toHaveProperty('apiKey')
  await updateProvider(workspace, 'gpt', { apiKey: 'sk-again-secret' })
  expect((await used(workspace)).provider.apiKeyEnv).toBeUndefined()
  const folder = join(workspace.folder, '.cultivar')
  for (const file of readdirSync(folder)) {
    const stored = readFileSync(join(folder, file), 'latin1')
    for (const secret of ['sk-old', 'sk-new-secret', 'sk-again-secret', 'header-secret', 'query-secret', 'pw-4711']) {
      expect(stored, file).not.toContain(secret)
    }
  }
})

it('states terms and prices without the key that seals secrets', async () => {
  const workspace = await withProvider()
  rmSync(join(workspace.folder, '.cultivar', 'secret.key'))
  const { provider } = await updateProvider(workspace, 'gpt', {
    settings: { terms: 'apache-2.0', outputUsdPerMillion: 2 },
  })
  expect(provider).toMatchObject({ terms: 'apache-2.0', outputUsdPerMillion: 2, headers: { 'x-team': 'sealed' } })
})

it('lets defaults hold again, and refuses what cannot work', async () => {
  const workspace = await withProvider()
  await updateProvider(workspace, 'gpt', { settings: { rpm: 5, concurrency: 3, terms: 'mit' } })
  const { provider } = await updateProvider(workspace, 'gpt', { unset: ['rpm', 'concurrency', 'terms', 'model'] })
  expect(provider).toMatchObject({ concurrency: 8 })
  for (const member of ['rpm', 'terms', 'model']) expect(provider).not.toHaveProperty(member)
  const refused = [
    { settings: { concurrency: 0 } },
    { settings: { terms: '  ' } },
    { unset: ['endpoint' as const] },
    { settings: { apiKeyEnv: 'OTHER_KEY' }, apiKey: 'sk-both' },
  ]
  for (const changes of refused) {
    await expect(updateProvider(workspace, 'gpt', changes)).rejects.toMatchObject({ code: 'bad-input' })
  }
  await expect(updateProvider(workspace, 'gtp', { settings: { rpm: 1 } })).rejects.toMatchObject({ code: 'not-found' })
  expect((await used(workspace)).provider).toMatchObject({ endpoint: settings.endpoint })
})
