/** Options of the commands that add providers and change them, and the settings they stand for. */
import { type Command, Option } from 'commander'
import { CultivarError } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { ProviderInput } from '../model/provider.ts'
import type { JsonMode } from '../model/request.ts'
import { amount, collect, jsonModes, positiveNumber } from './option-values.ts'

export interface ProviderOptions {
  endpoint?: string
  model?: string
  keyEnv?: string
  key?: boolean
  header?: string[]
  jsonMode?: JsonMode
  temperature: boolean
  concurrency?: number
  rpm?: number
  tpm?: number
  timeout?: number
  inputUsd?: number
  outputUsd?: number
  terms?: string
  sha256?: string
  context?: number
  threads?: number
  gpu: boolean
}

export function addProviderOptions(command: Command): Command {
  return command
    .option('--endpoint <URL>', 'base URL (default: the service’s own)')
    .option(
      '--model <NAME|FILE|URL>',
      'model, or Azure deployment (default: the first the server lists); of kind local: a GGUF file or its URL',
    )
    .option('--key-env <VAR>', 'environment variable that holds the key')
    .option('--key', 'store a key, encrypted: asked for, or read from the standard input')
    .option('--header <name=value>', 'extra request header, stored encrypted; may be given several times', collect)
    .addOption(new Option('--json-mode <MODE>', 'how JSON is asked for (default: probed)').choices(jsonModes))
    .option('--no-temperature', 'the service takes no temperature')
    .option('--concurrency <N>', 'most calls under way at once (default: 8; of kind local: 2)', positiveNumber)
    .option('--rpm <N>', 'most requests a minute', positiveNumber)
    .option('--tpm <N>', 'most tokens a minute', positiveNumber)
    .option('--timeout <SECONDS>', 'longest wait for a reply (default: 120; of kind local: 600)', positiveNumber)
    .option('--input-usd <USD>', 'price of a million input tokens', amount)
    .option('--output-usd <USD>', 'price of a million output tokens', amount)
    .option('--terms <TEXT>', 'licence terms of what the model writes: a licence id, an address, or words')
    .option('--sha256 <HEX>', 'local: checksum the file must have')
    .option(
      '--context <TOKENS>',
      'local: prompt and reply together (default: as trained, at most 4096)',
      positiveNumber,
    )
    .option('--threads <N>', 'local: threads (default: one less than cores)', positiveNumber)
    .option('--no-gpu', 'local: use the processor alone')
}

/** Only what was given; `temperature` if it was turned off. */
export function settingsGiven(options: ProviderOptions): Partial<Omit<ProviderInput, 'name' | 'kind'>> {
  const { endpoint, model, keyEnv, header, jsonMode, concurrency, rpm, tpm, timeout, inputUsd, outputUsd, terms } =
    options
  const { sha256, context, threads, gpu } = options
  return onlyGiven({
    endpoint,
    model,
    apiKeyEnv: keyEnv,
    headers: header && headersOf(header),
    jsonMode,
    temperature: options.temperature ? undefined : false,
    concurrency,
    rpm,
    tpm,
    timeoutMs: timeout === undefined ? undefined : 1000 * timeout,
    inputUsdPerMillion: inputUsd,
    outputUsdPerMillion: outputUsd,
    terms,
    sha256: sha256?.toLowerCase(),
    contextTokens: context,
    threads,
    gpu: gpu ? undefined : 'off',
  })
}

function headersOf(assignments: string[]): Record<string, string> {
  return Object.fromEntries(
    assignments.map(assignment => {
      const at = assignment.search(/[=:]/)
      if (at > 0) return [assignment.slice(0, at).trim(), assignment.slice(at + 1).trim()]
      throw new CultivarError(
        'bad-input',
        'A --header has no “=” between its name and its value.',
        '--header x-team=search',
      )
    }),
  )
}
