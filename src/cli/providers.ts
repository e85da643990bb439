/** `cultivar providers`: add, set, list, check, download, detect, assign, unassign, remove. */
import type { Command } from 'commander'
import type { NamedCheck } from '../app/providers.ts'
import { errorCodes } from '../model/error.ts'
import { downloadShown } from './download-shown.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { show, terminalWidth } from './output.ts'
import { addProvidersAdd } from './providers-add.ts'
import { addProvidersSet } from './providers-set.ts'

export function addProviders(program: Command): void {
  const providers = program
    .command('providers')
    .description('model services: your keys, each for the projects that may use it')
  addProvidersAdd(providers)
  addProvidersSet(providers)

  providers
    .command('list')
    .description('list the providers; keys are never shown')
    .addHelpText('after', '\nExample:\n  cultivar providers list')
    .action((_: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { listProviders } = await import('../app/providers.ts')
        const { previewTable } = await import('../app/preview-table.ts')
        const listed = await listProviders(workspace)
        await show(command, listed, () =>
          listed.length === 0
            ? 'No provider yet. Look for one on this machine: cultivar providers detect'
            : previewTable(
                ['provider', 'kind', 'model', 'endpoint', 'key', 'projects'].map(title => ({ title })),
                listed.map(({ provider, projects, key }) => [
                  provider.name,
                  provider.kind,
                  provider.model ?? 'first listed',
                  provider.endpoint ?? 'its own',
                  key === 'environment' ? (provider.apiKeyEnv ?? key) : key,
                  projects.join(', ') || 'none',
                ]),
                terminalWidth(),
              ),
        )
      }),
    )

  providers
    .command('check')
    .description('a few tiny calls: does it answer, does it know the key, has it the model, how does it write JSON')
    .addHelpText('after', '\nExamples:\n  cultivar providers check\n  cultivar providers check gpt strict')
    .argument('[NAME...]', 'default: all, and the one that API_ENDPOINT describes')
    .action((names: string[], _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { checkProviders } = await import('../app/providers.ts')
        const checks = await checkProviders(workspace, names.length > 0 ? names : undefined)
        await show(command, checks, () => checks.map(checkText).join('\n') || 'No provider to check.')
        const failed = checks.find(isBad)
        if (failed) process.exitCode = failed.error?.exitCode ?? errorCodes['provider-failed'].exit
      }),
    )

  providers
    .command('download')
    .description('get the file of a local model, or go on where that stopped')
    .addHelpText('after', '\nExample:\n  cultivar providers download stories')
    .argument('<NAME>', 'the provider')
    .action((name: string, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const file = await downloadShown(workspace, name)
        await show(command, file, () => `${file.path}\nSHA-256 ${file.sha256}`)
      }),
    )

  providers
    .command('detect')
    .description('look for model servers on this machine: Ollama, LM Studio, llama.cpp, vLLM, AI Toolkit')
    .addHelpText('after', '\nExample:\n  cultivar providers detect --add --project support')
    .option('--add', 'add those that answer and are not there yet')
    .option('--project <NAME>', 'with --add: and let this project use them')
    .action((options: { add?: boolean; project?: string }, command: Command) => detect(options, command))

  providers
    .command('assign')
    .description('let a project use a provider')
    .addHelpText('after', '\nExample:\n  cultivar providers assign gpt support')
    .argument('<NAME>', 'the provider')
    .argument('[PROJECT]', 'default: the only project')
    .option('--project <NAME>', 'the project, too')
    .action((name: string, named: string | undefined, options: { project?: string }, command: Command) =>
      inWorkspace(command, async workspace => {
        const { assignProvider } = await import('../app/providers.ts')
        const project = await projectOrOnly(workspace, named, options.project)
        await assignProvider(workspace, name, project)
        await show(command, { provider: name, project }, () => `Project ${project} may use ${name}.`)
      }),
    )

  providers
    .command('unassign')
    .description('a project may no longer use a provider')
    .addHelpText('after', '\nExample:\n  cultivar providers unassign gpt support')
    .argument('<NAME>', 'the provider')
    .argument('[PROJECT]', 'default: the only project')
    .option('--project <NAME>', 'the project, too')
    .action((name: string, named: string | undefined, options: { project?: string }, command: Command) =>
      inWorkspace(command, async workspace => {
        const { unassignProvider } = await import('../app/providers.ts')
        const project = await projectOrOnly(workspace, named, options.project)
        await unassignProvider(workspace, name, project)
        await show(command, { provider: name, project }, () => `Project ${project} may no longer use ${name}.`)
      }),
    )

  providers
    .command('remove')
    .description('remove a provider with its key; what it replied stays in the ledger')
    .addHelpText('after', '\nExample:\n  cultivar providers remove gpt')
    .argument('<NAME>', 'the provider')
    .action((name: string, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { removeProvider } = await import('../app/providers.ts')
        await removeProvider(workspace, name)
        await show(command, { removed: name }, () => `Removed provider ${name}.`)
      }),
    )
}

function isBad(checked: NamedCheck): boolean {
  return checked.error !== undefined || !checked.check.ok
}

function checkText(checked: NamedCheck): string {
  const { message, hint } = checked.error ?? checked.check
  return `${isBad(checked) ? 'FAIL ' : 'ok   '} ${checked.name}: ${message}${hint ? `\n      ${hint}` : ''}`
}

async function detect(options: { add?: boolean; project?: string }, command: Command): Promise<void> {
  const { addProvider, detectOnLoopback } = await import('../app/providers.ts')
  const found = await detectOnLoopback(process.env)
  const added: string[] = []
  if (options.add) {
    await inWorkspace(command, async workspace => {
      const known = new Set((await workspace.store.listProviders()).map(({ provider }) => provider.name))
      for (const { name, endpoint, models } of found.filter(({ name }) => !known.has(name))) {
        const settings = { name, kind: 'openai-compatible' as const, endpoint, ...(models[0] && { model: models[0] }) }
        await addProvider(workspace, { settings, projects: options.project === undefined ? [] : [options.project] })
        added.push(name)
      }
    })
  }
  await show(command, { found, added }, () => {
    if (found.length === 0) {
      return 'No model server answers on this machine.\nStart one (Ollama, LM Studio, llama.cpp, vLLM, AI Toolkit), or add a service: cultivar providers add --help'
    }
    const lines = found.map(
      ({ name, endpoint, models }) =>
        `${name}  ${endpoint}  ${models.slice(0, 5).join(', ')}${models.length > 5 ? ', …' : ''}`,
    )
    if (!options.add) return [...lines, '', 'Add them: cultivar providers detect --add'].join('\n')
    return [...lines, '', added.length > 0 ? `Added ${added.join(', ')}.` : 'They were all there already.'].join('\n')
  })
}
