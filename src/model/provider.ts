/** A provider: a configured model service. Its secret is kept apart and never travels with these settings. */
import { z } from 'zod'
import { jsonModes } from './request.ts'

const serviceKinds = ['openai', 'azure', 'anthropic', 'google', 'openai-compatible'] as const
/** What is asked over HTTP. */
export type ServiceKind = (typeof serviceKinds)[number]
const providerKinds = [...serviceKinds, 'local'] as const
export type ProviderKind = (typeof providerKinds)[number]

export const provider = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'use lower-case letters, digits, dots, dashes and underscores'),
  kind: z.enum(providerKinds),
  model: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Model (or Azure deployment) name; unset: the first the server lists. Of a local model, its GGUF file: a path from the workspace’s folder, or a URL',
    ),
  endpoint: z.url().optional().describe('Base URL; unset: the service’s own'),
  apiKeyEnv: z.string().optional().describe('Environment variable that holds the key, instead of a stored one'),
  headers: z.record(z.string(), z.string()).default({}).describe('Extra request headers'),
  jsonMode: z.enum(jsonModes).optional().describe('How JSON is asked for; unset: probed'),
  temperature: z.boolean().default(true).describe('Whether the service takes a temperature'),
  concurrency: z.int().min(1).max(1024).default(8).describe('Most calls under way at once'),
  rpm: z.int().min(1).optional().describe('Most requests a minute'),
  tpm: z.int().min(1).optional().describe('Most tokens a minute'),
  timeoutMs: z.int().min(10).max(86_400_000).default(120_000).describe('Longest wait for a reply'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'use 64 hexadecimal digits in lower case')
    .optional()
    .describe('Of a local model: checksum its file must have'),
  contextTokens: z
    .int()
    .min(128)
    .max(1 << 20)
    .optional()
    .describe('Of a local model: tokens of prompt and reply together; unset: what it was trained on, at most 4,096'),
  threads: z.int().min(1).max(1024).optional().describe('Of a local model: unset: one less than the machine has cores'),
  gpu: z.enum(['auto', 'off']).optional().describe('Of a local model: unset: auto'),
  inputUsdPerMillion: z.number().nonnegative().optional().describe('Price of a million input tokens'),
  outputUsdPerMillion: z.number().nonnegative().optional().describe('Price of a million output tokens'),
  terms: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .optional()
    .describe('Licence terms of what the model writes, as the user states them; carried into dataset cards'),
})
export type Provider = z.infer<typeof provider>
export type ProviderInput = z.input<typeof provider>
