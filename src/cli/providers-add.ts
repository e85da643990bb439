/** `cultivar providers add`: settings from options, the key from a variable, the standard input or a hidden prompt, never from the line. */
import { type Command, Option } from 'commander'
import type { ListedProvider } from '../app/providers.ts'
import { CultivarError } from '../model/error.ts'
import type { ProviderInput, ProviderKind } from '../model/provider.ts'
import type { JsonMode } from '../model/request.ts'
import { inWorkspace } from './in-workspace.ts'
import { amount, collect, commaList, given, jsonModes, positiveNumber, providerKinds } from './option-values.ts'
import { show } from './output.ts'
import { readSecret } from './read-secret.ts'

interface AddChoice {
  preset?: string
  kind?: ProviderKind
  endpoint?: string
  model?: string
  keyEnv?: string
  key?: boolean
  header?: string[]
  project?: string[]
  jsonMode?: JsonMode
  temperature: boolean
  concurrency?: number
  rpm?: number
  tpm?: number
  timeout?: number
  inputUsd?: number
  outputUsd?: number
}

export function addProvidersAdd(providers: Command): void {
  providers
    .command('add')
    .description('add a model service')
    .argument('[NAME]', 'your name for it (default: that of the preset)')
    .option('--preset <NAME>', 'a server on this machine: ollama, lm-studio, llama-cpp, vllm, ai-toolkit')
    .addOption(new Option('--kind <KIND>', 'the service; openai-compatible needs an endpoint').choices(providerKinds))
    .option('--endpoint <URL>', 'base URL (default: the service’s own)')
    .option('--model <NAME>', 'model, or Azure deployment (default: the first the server lists)')
    .option('--key-env <VAR>', 'environment variable that holds the key')
    .option('--key', 'store a key, encrypted: asked for, or read from the standard input')
    .option('--header <name=value>', 'extra request header, stored encrypted; may be given several times', collect)
    .option('--project <a,b>', 'projects that may use it', commaList)
    .addOption(new Option('--json-mode <MODE>', 'how JSON is asked for (default: probed)').choices(jsonModes))
    .option('--no-temperature', 'the service takes no temperature')
    .option('--concurrency <N>', 'most calls under way at once (default: 8)', positiveNumber)
    .option('--rpm <N>', 'most requests a minute', positiveNumber)
    .option('--tpm <N>', 'most tokens a minute', positiveNumber)
    .option('--timeout <SECONDS>', 'longest wait for a reply (default: 120)', positiveNumber)
    .option('--input-usd <USD>', 'price of a million input tokens', amount)
    .option('--output-usd <USD>', 'price of a million output tokens', amount)
    .addHelpText(
      'after',
      `
Examples:
  cultivar providers add ollama --model llama3.2 --project support
  cultivar providers add gpt --kind openai --model gpt-4.1-mini --key-env OPENAI_API_KEY
  cultivar providers add strict --kind anthropic --model claude-sonnet-4-5 --key < key.txt
  cultivar providers add work --kind azure --key-env AZURE_KEY \\
    --endpoint "https://NAME.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21"`,
    )
    .action((name: string | undefined, options: AddChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { addProvider } = await import('../app/providers.ts')
        const settings = await settingsOf(name, options)
        const apiKey = options.key ? await readSecret(`Key of ${settings.name}: `) : undefined
        const projects = options.project ?? []
        const added = await addProvider(workspace, { settings, projects, ...given({ apiKey }) })
        await show(command, added, () => addedText(added))
      }),
    )
}

async function settingsOf(named: string | undefined, options: AddChoice): Promise<ProviderInput> {
  const { presets } = await import('../providers/detect.ts')
  const { kind, endpoint, model, keyEnv, jsonMode, concurrency, rpm, tpm, timeout, inputUsd, outputUsd } = options
  const plain = kind === undefined && endpoint === undefined
  const preset = options.preset ?? (plain && named !== undefined && named in presets ? named : undefined)
  if (preset !== undefined && !(preset in presets)) {
    throw new CultivarError(
      'bad-input',
      `There is no preset “${preset}”.`,
      `There are: ${Object.keys(presets).join(', ')}.`,
    )
  }
  const name = named ?? preset
  if (name === undefined) {
    throw new CultivarError(
      'bad-input',
      'The provider has no name.',
      'cultivar providers add NAME --kind openai --key-env OPENAI_API_KEY',
    )
  }
  if (preset === undefined && plain) {
    throw new CultivarError(
      'bad-input',
      `What “${name}” is was not said.`,
      `Give --kind (${providerKinds.join(', ')}), or --preset (${Object.keys(presets).join(', ')}).`,
    )
  }
  return {
    name,
    kind: kind ?? 'openai-compatible',
    temperature: options.temperature,
    headers: headersOf(options.header ?? []),
    ...given({
      endpoint: endpoint ?? (preset === undefined ? undefined : presets[preset]),
      model,
      apiKeyEnv: keyEnv,
      jsonMode,
      concurrency,
      rpm,
      tpm,
      timeoutMs: timeout === undefined ? undefined : 1000 * timeout,
      inputUsdPerMillion: inputUsd,
      outputUsdPerMillion: outputUsd,
    }),
  }
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

function addedText({ provider: { name }, projects, key }: ListedProvider): string {
  return [
    `Added provider ${name} (${key === 'stored' ? 'key stored encrypted' : key === 'environment' ? 'key from the environment' : 'no key'}).`,
    `Next: cultivar providers check ${name}`,
    ...(projects.length === 0 ? [`      cultivar providers assign ${name} --project PROJECT`] : []),
  ].join('\n')
}
