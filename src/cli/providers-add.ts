/** `cultivar providers add`: settings from options, the key from a variable, the standard input or a hidden prompt, never from the line. */
import { type Command, Option } from 'commander'
import type { ListedProvider } from '../app/providers.ts'
import type { Workspace } from '../app/workspace.ts'
import { CultivarError } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { ProviderInput, ProviderKind } from '../model/provider.ts'
import { isLoopback } from '../providers/egress.ts'
import { downloadShown } from './download-shown.ts'
import { inWorkspace } from './in-workspace.ts'
import { commaList, providerKinds } from './option-values.ts'
import { show, tell } from './output.ts'
import { addProviderOptions, type ProviderOptions, settingsGiven } from './provider-options.ts'
import { readLine } from './read-line.ts'
import { readSecret } from './read-secret.ts'

interface AddChoice extends ProviderOptions {
  preset?: string
  kind?: ProviderKind
  project?: string[]
}

export function addProvidersAdd(providers: Command): void {
  addProviderOptions(providers.command('add'))
    .description('add a model service')
    .argument('[NAME]', 'your name for it (default: that of the preset)')
    .option('--preset <NAME>', 'a server on this machine: ollama, lm-studio, llama-cpp, vllm, ai-toolkit')
    .addOption(new Option('--kind <KIND>', 'the service; openai-compatible needs an endpoint').choices(providerKinds))
    .option('--project <a,b>', 'projects that may use it', commaList)
    .addHelpText(
      'after',
      `
Examples:
  cultivar providers add ollama --model llama3.2 --project support
  cultivar providers add gpt --kind openai --model gpt-4.1-mini --key-env OPENAI_API_KEY \\
    --terms "OpenAI Services Agreement"
  cultivar providers add strict --kind anthropic --model claude-sonnet-4-5 --key < key.txt
  cultivar providers add local --model models/some-model.Q4_K_M.gguf --project support
  cultivar providers add work --kind azure --key-env AZURE_KEY \\
    --endpoint "https://NAME.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21"`,
    )
    .action((name: string | undefined, options: AddChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { addProvider } = await import('../app/providers.ts')
        const settings = await settingsOf(name, options, workspace.folder)
        const apiKey = options.key ? await readSecret(`Key of ${settings.name}: `) : undefined
        const projects = options.project ?? []
        const added = await addProvider(workspace, { settings, projects, ...onlyGiven({ apiKey }) })
        if (added.provider.kind === 'local') {
          await downloadShown(workspace, added.provider.name)
          await tellInstall(workspace)
        }
        // Whoever was just asked for a key can be asked for the terms too; a script is never held up.
        const terms =
          options.key && process.stdin.isTTY && lacksTerms(added)
            ? await readLine(
                `Licence terms of what ${added.provider.name} writes (a licence id, an address; Enter: later): `,
              )
            : ''
        const { updateProvider } = await import('../app/update-provider.ts')
        const final =
          terms === '' ? added : await updateProvider(workspace, added.provider.name, { settings: { terms } })
        await show(command, final, () => addedText(final))
      }),
    )
}

async function settingsOf(named: string | undefined, options: AddChoice, folder: string): Promise<ProviderInput> {
  const { presets } = await import('../providers/detect.ts')
  const settings = settingsGiven(options)
  const unsaid = options.kind === undefined && settings.endpoint === undefined
  const kind = options.kind ?? (unsaid && named === 'local' ? 'local' : undefined)
  const plain = unsaid && kind === undefined
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
  if (kind === 'local' && settings.model !== undefined) {
    const { modelSetting } = await import('../app/local-models.ts')
    settings.model = modelSetting(settings.model, process.cwd(), folder)
  }
  return {
    name,
    kind: kind ?? 'openai-compatible',
    ...settings,
    ...(preset !== undefined && settings.endpoint === undefined && { endpoint: presets[preset] }),
  }
}

/** The provider is added all the same: what is missing can be installed afterwards. */
async function tellInstall(workspace: Workspace): Promise<void> {
  const { missingInstall } = await import('../app/local-models.ts')
  const missing = await missingInstall(workspace)
  if (missing) tell(`${missing.message}\n${missing.hint}`)
}

/** Whether a service elsewhere was added and nobody said what its terms are. */
function lacksTerms({ provider: { kind, endpoint, terms } }: ListedProvider): boolean {
  return terms === undefined && kind !== 'local' && !(endpoint !== undefined && isLoopback(endpoint))
}

function addedText(added: ListedProvider): string {
  const { provider, projects, key } = added
  const { name, kind } = provider
  const keyed = { stored: 'key stored encrypted', environment: 'key from the environment', none: 'no key' }[key]
  return [
    `Added provider ${name} (${kind === 'local' ? 'a model on this machine' : keyed}).`,
    `Next: cultivar providers check ${name}`,
    ...(projects.length === 0 ? [`      cultivar providers assign ${name} --project PROJECT`] : []),
    ...(lacksTerms(added)
      ? [`State the teacher’s licence terms, for dataset cards: cultivar providers set ${name} --terms "…"`]
      : []),
  ].join('\n')
}
