/** `cultivar providers set`: changes what is given, keeps the rest. */
import { type Command, InvalidArgumentError } from 'commander'
import type { ProviderSettings } from '../app/update-provider.ts'
import type { Workspace } from '../app/workspace.ts'
import { CultivarError } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import { inWorkspace } from './in-workspace.ts'
import { commaList } from './option-values.ts'
import { show } from './output.ts'
import { addProviderOptions, type ProviderOptions, settingsGiven } from './provider-options.ts'
import { readSecret } from './read-secret.ts'

/** By the option that sets it. */
const unsettable: Record<string, keyof ProviderSettings> = {
  model: 'model',
  endpoint: 'endpoint',
  'key-env': 'apiKeyEnv',
  header: 'headers',
  'json-mode': 'jsonMode',
  'no-temperature': 'temperature',
  concurrency: 'concurrency',
  rpm: 'rpm',
  tpm: 'tpm',
  timeout: 'timeoutMs',
  'input-usd': 'inputUsdPerMillion',
  'output-usd': 'outputUsdPerMillion',
  terms: 'terms',
  sha256: 'sha256',
  context: 'contextTokens',
  threads: 'threads',
  'no-gpu': 'gpu',
}

export function addProvidersSet(providers: Command): void {
  addProviderOptions(providers.command('set'))
    .description('change a provider’s settings; what is not given stays, its key too')
    .argument('<NAME>', 'the provider')
    .option('--unset <a,b>', 'settings whose defaults shall hold again, by the names of their options', settingNames)
    .addHelpText(
      'after',
      `
Examples:
  cultivar providers set gpt --input-usd 0.4 --output-usd 1.6
  cultivar providers set gpt --terms "OpenAI Services Agreement; https://openai.com/policies/services-agreement/"
  cultivar providers set strict --key < new-key.txt
  cultivar providers set router --unset rpm`,
    )
    .action((name: string, options: ProviderOptions & { unset?: (keyof ProviderSettings)[] }, command: Command) =>
      inWorkspace(command, async workspace => {
        const { updateProvider } = await import('../app/update-provider.ts')
        const settings = await fromHere(workspace, name, settingsGiven(options))
        const unset = options.unset ?? []
        if (Object.keys(settings).length === 0 && unset.length === 0 && !options.key) {
          throw new CultivarError(
            'bad-input',
            'Nothing to change was given.',
            'Give --model, --terms, --input-usd or another setting; see “cultivar providers set --help”.',
          )
        }
        const apiKey = options.key ? await readSecret(`New key of ${name}: `) : undefined
        const changed = await updateProvider(workspace, name, { settings, unset, ...onlyGiven({ apiKey }) })
        await show(command, changed, () => `Changed provider ${name}.`)
      }),
    )
}

/** A model’s file is named from the current folder, and kept from the workspace’s. */
async function fromHere(
  workspace: Workspace,
  name: string,
  settings: Partial<ProviderSettings>,
): Promise<Partial<ProviderSettings>> {
  const { model } = settings
  if (model === undefined) return settings
  const { requireProvider } = await import('../app/providers.ts')
  const { modelSetting } = await import('../app/local-models.ts')
  const { kind } = (await requireProvider(workspace, name)).provider
  return kind === 'local' ? { ...settings, model: modelSetting(model, process.cwd(), workspace.folder) } : settings
}

function settingNames(value: string): (keyof ProviderSettings)[] {
  return commaList(value, undefined).map(name => {
    const setting = unsettable[name]
    if (setting !== undefined) return setting
    throw new InvalidArgumentError(`There are: ${Object.keys(unsettable).join(', ')}.`)
  })
}
