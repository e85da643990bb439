/** `cultivar generators` and `cultivar critics`: what there is to put into a recipe, with its parameters. */
import type { Command } from 'commander'
import type { Plugins } from '../app/plugins.ts'
import { loadedPlugins } from './loaded-plugins.ts'
import { show } from './output.ts'

const kinds = [
  { group: 'generators', noun: 'generator', what: 'what proposes candidates', example: 'few-shot' },
  { group: 'critics', noun: 'critic', what: 'what judges them', example: 'unique' },
] as const

export function addGenerators(program: Command): void {
  for (const { group, noun, what, example } of kinds) {
    const commands = program.command(group).description(`${what}: list them, show their parameters`)
    commands
      .command('list')
      .description(`list the ${group}`)
      .addHelpText('after', `\nExample:\n  cultivar ${group} list`)
      .action(async (_: unknown, command: Command) => {
        const { previewTable } = await import('../app/preview-table.ts')
        const plugins = (await loadedPlugins(command))[group]
        const listed = plugins.map(({ kind, summary, version }) => ({ kind, summary, version }))
        await show(command, listed, () =>
          previewTable(
            [{ title: noun }, { title: '' }],
            listed.map(({ kind, summary }) => [kind, summary]),
            120,
          ),
        )
      })
    commands
      .command('show')
      .description(`show a ${noun} with its parameters`)
      .argument('<KIND>', `the ${noun}`)
      .addHelpText('after', `\nExample:\n  cultivar ${group} show ${example}`)
      .action(async (kind: string, _: unknown, command: Command) => {
        const plugin = await find(await loadedPlugins(command), group, kind)
        const { pluginText, parametersOf } = await import('./plugin-text.ts')
        const { wrapped } = await import('../app/report/report-text.ts')
        const { summary, version } = plugin
        const use =
          group === 'generators'
            ? [`On the line: cultivar run ${kind} --param NAME=VALUE …`]
            : [`In a recipe: critics: [{ kind: ${kind}, … }]`]
        await show(command, { kind, summary, version, parameters: parametersOf(plugin) }, () =>
          pluginText(plugin, use, wrapped),
        )
      })
  }
}

async function find(plugins: Plugins, group: 'generators' | 'critics', kind: string) {
  const found = plugins[group].find(plugin => plugin.kind === kind)
  if (found) return found
  const { CultivarError } = await import('../model/error.ts')
  const { nearestName } = await import('../text/nearest-name.ts')
  const known = plugins[group].map(plugin => plugin.kind)
  const meant = nearestName(kind, known)
  throw new CultivarError(
    'not-found',
    `There is no “${kind}” among the ${group}${meant === undefined ? '' : `; did you mean “${meant}”?`}`,
    `There are: ${known.join(', ')}.`,
  )
}
