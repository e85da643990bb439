/** `cultivar recipes`: check, list, schema. */
import type { Command } from 'commander'
import { loadedPlugins } from './loaded-plugins.ts'
import { print, show } from './output.ts'

export function addRecipes(program: Command): void {
  const recipes = program.command('recipes').description('the files that say what to grow')

  recipes
    .command('check')
    .description('check recipes without running them: every problem with file, line and column')
    .addHelpText('after', '\nExample:\n  cultivar recipes check *.yaml')
    .argument('<FILE...>', 'recipes')
    .action(async (files: string[], _: unknown, command: Command) => {
      const { readRecipeFile } = await import('../app/recipe-file.ts')
      const plugins = await loadedPlugins(command)
      const read = await Promise.all(files.map(async file => ({ file, recipe: await readRecipeFile(file, plugins) })))
      await show(command, read, () =>
        read.map(({ file, recipe }) => `${file}: fine (${recipe.generator} → project ${recipe.project})`).join('\n'),
      )
    })

  recipes
    .command('list')
    .description('list what a recipe may name: each generator and critic with its parameters')
    .addHelpText('after', '\nExample:\n  cultivar recipes list')
    .action(async (_: unknown, command: Command) => {
      const { parametersOf, pluginText } = await import('./plugin-text.ts')
      const { wrapped } = await import('../app/report/report-text.ts')
      const { generators, critics } = await loadedPlugins(command)
      const listed = (plugins: typeof generators | typeof critics) =>
        plugins.map(plugin => ({ kind: plugin.kind, summary: plugin.summary, parameters: parametersOf(plugin) }))
      await show(command, { generators: listed(generators), critics: listed(critics) }, () =>
        [
          ...['GENERATORS'],
          ...generators.map(one => pluginText(one, [], wrapped)),
          ...['CRITICS'],
          ...critics.map(one => pluginText(one, [], wrapped)),
        ].join('\n'),
      )
    })

  recipes
    .command('schema')
    .description('print the JSON Schema of recipes, for editors')
    .addHelpText(
      'after',
      `
Example:
  cultivar recipes schema > recipe.schema.json
  and as the first line of a recipe: # yaml-language-server: $schema=recipe.schema.json`,
    )
    .action(async (_: unknown, command: Command) => {
      const { recipeJsonSchema } = await import('../app/recipe-schema.ts')
      await print(JSON.stringify(recipeJsonSchema(await loadedPlugins(command)), null, 2))
    })
}
