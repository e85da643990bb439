/** Providers over HTTP. Keys go in and never come out. */
import { z } from 'zod'
import { provider } from '../provider.ts'
import { jsonModes } from '../request.ts'
import { defineEndpoint } from './endpoint.ts'
import { job } from './jobs.ts'

const { headers, temperature, concurrency, timeoutMs } = provider.shape
/** Without defaults: what is not given is not changed. */
const settings = provider
  .omit({ name: true, kind: true })
  .extend({
    headers: headers.unwrap(),
    temperature: temperature.unwrap(),
    concurrency: concurrency.unwrap(),
    timeoutMs: timeoutMs.unwrap(),
  })
  .partial()

const listedProvider = z.object({
  provider: provider.describe('Without secrets: header values read “sealed”, the endpoint has no query'),
  projects: z.array(z.string()),
  key: z.enum(['stored', 'environment', 'none']).describe('Where its key comes from'),
})

const shownProvider = listedProvider.extend({
  missing: z.string().nullable().describe('What a local model still lacks: its file, or the library that runs it'),
  downloadable: z.boolean().describe('Whether that can be downloaded from here'),
})
export type ShownProvider = z.infer<typeof shownProvider>

const providerCheck = z.object({
  ok: z.boolean(),
  endpoint: z.string(),
  reachable: z.boolean(),
  authorised: z.boolean().nullable(),
  model: z.string().nullable().describe('The model that was tried'),
  modelExists: z.boolean().nullable(),
  models: z.array(z.string()).describe('Empty where the server does not list them'),
  serves: z.enum(['chat', 'embeddings']).nullable(),
  jsonMode: z.enum(jsonModes).nullable(),
  latencyMs: z.number().nullable().describe('Of one tiny call'),
  message: z.string(),
  hint: z.string(),
})
export type ProviderCheck = z.infer<typeof providerCheck>

const apiKey = z.string().min(1).max(10_000).optional().describe('Stored encrypted; never sent back')
const params = z.object({ provider: z.string() })

export const providerEndpoints = {
  listProviders: defineEndpoint({
    method: 'GET',
    path: '/providers',
    summary: 'Providers, without their keys',
    role: 'reviewer',
    out: z.array(shownProvider),
  }),
  detectProviders: defineEndpoint({
    method: 'GET',
    path: '/providers/detected',
    summary: 'Model servers that answer on this machine',
    role: 'editor',
    out: z.array(z.object({ name: z.string(), endpoint: z.string(), models: z.array(z.string()) })),
  }),
  tryProvider: defineEndpoint({
    method: 'POST',
    path: '/providers/try',
    summary: 'Checks settings by a few tiny calls and stores nothing',
    role: 'admin',
    body: z.object({ settings: provider, apiKey }),
    out: providerCheck,
  }),
  addProvider: defineEndpoint({
    method: 'POST',
    path: '/providers',
    summary: 'Adds a provider and lets projects use it',
    role: 'admin',
    body: z.object({ settings: provider, apiKey, projects: z.array(z.string()).default([]) }),
    out: listedProvider,
    errors: ['already-exists', 'not-found', 'bad-file'],
  }),
  updateProvider: defineEndpoint({
    method: 'PATCH',
    path: '/providers/{provider}',
    summary: 'Changes the settings that are given; the rest stays, its secrets too',
    role: 'admin',
    params,
    body: z.object({
      settings: settings.default({}),
      apiKey,
      unset: z.array(settings.keyof()).default([]).describe('Settings whose defaults are to hold again'),
    }),
    out: listedProvider,
    errors: ['not-found'],
  }),
  checkProvider: defineEndpoint({
    method: 'POST',
    path: '/providers/{provider}/check',
    summary: 'A few tiny calls: does it answer, does it know the key, has it the model, how does it write JSON',
    role: 'editor',
    params,
    out: providerCheck,
    errors: ['not-found', 'bad-file', 'provider-failed'],
  }),
  downloadModel: defineEndpoint({
    method: 'POST',
    path: '/providers/{provider}/download',
    summary: 'Gets the file of a local model, or goes on where that stopped',
    role: 'admin',
    params,
    out: job,
    errors: ['not-found'],
  }),
  assignProvider: defineEndpoint({
    method: 'PUT',
    path: '/providers/{provider}/projects/{project}',
    summary: 'Lets a project use the provider',
    role: 'admin',
    params: params.extend({ project: z.string() }),
    errors: ['not-found'],
  }),
  unassignProvider: defineEndpoint({
    method: 'DELETE',
    path: '/providers/{provider}/projects/{project}',
    summary: 'The project may no longer use the provider',
    role: 'admin',
    params: params.extend({ project: z.string() }),
    errors: ['not-found'],
  }),
  removeProvider: defineEndpoint({
    method: 'DELETE',
    path: '/providers/{provider}',
    summary: 'Removes the provider with its key; what it replied stays in the ledger',
    role: 'admin',
    params,
    errors: ['not-found'],
  }),
}
