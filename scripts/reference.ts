/** Writes `docs/reference/` from the code: commands from their help, recipes from the parameters of their plug-ins. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { builtIns } from '../src/app/plugins.ts'
import { recipeJsonSchema } from '../src/app/recipe-schema.ts'
import { membersOf, parametersOf } from '../src/cli/plugin-text.ts'
import { buildProgram } from '../src/cli/program.ts'
import { errorCodes } from '../src/model/error.ts'
import { recipe } from '../src/model/recipe.ts'
import { judgesPage } from './judges-page.ts'

const { generators, critics } = builtIns()

const notice = '<!-- Derived from the code by `npm run reference`; changes made here are lost. -->'

/** Path below the root → what stands there. */
export function referenceFiles(): Record<string, string> {
  return {
    'docs/reference/cli.md': commandsPage(),
    'docs/reference/recipes.md': recipesPage(),
    'docs/reference/judges.md': judgesPage(notice),
    'docs/reference/recipe.schema.json': `${JSON.stringify(recipeJsonSchema({ generators, critics }), null, 2)}\n`,
  }
}

function commandsPage(): string {
  const codes = Object.entries(errorCodes).map(([code, { exit }]) => `| \`${code}\` | ${exit} |`)
  return [
    '# Command line',
    notice,
    ...commandSections(buildProgram()),
    '## Error codes',
    'With `--json`, what stopped a command is printed as `{ "error": { "code", "message", "hint", "details" } }`.',
    ['| code | exit |', '|---|---|', ...codes].join('\n'),
  ]
    .join('\n\n')
    .concat('\n')
}

function commandSections(command: Command, path = ''): string[] {
  const name = `${path} ${command.name()}`.trim()
  const level = path === '' ? '##' : '###'
  return [
    `${level} ${name}`,
    `\`\`\`text\n${helpText(command)}\n\`\`\``,
    ...command.commands.flatMap(sub => commandSections(sub, name)),
  ]
}

function helpText(command: Command): string {
  let text = ''
  const writeOut = (part: string) => {
    text += part
  }
  command.configureOutput({ writeOut, getOutHelpWidth: () => 80, getOutHasColors: () => false })
  // The options that every command has are shown once, at the top.
  if (command.parent) command.configureHelp({ showGlobalOptions: false })
  command.outputHelp()
  return text.trim()
}

function recipesPage(): string {
  const members = membersOf(z.toJSONSchema(recipe, { io: 'input' })).filter(
    ({ name }) => name !== 'params' && name !== 'critics',
  )
  const plugins = (title: string, list: (typeof generators | typeof critics)[number][]) => [
    `## ${title}`,
    ...list.flatMap(plugin => [`### ${plugin.kind}`, `${plugin.summary}.`, table(parametersOf(plugin))]),
  ]
  return [
    '# Recipes',
    notice,
    'A recipe is a YAML (or JSON) file. Beside the members below it has `params`, the parameters of its generator, and `critics`, a list of `{ kind, … }` with the parameters of each. `cultivar recipes check FILE` says what is wrong with one.',
    'For an editor that completes and checks: `# yaml-language-server: $schema=PATH/docs/reference/recipe.schema.json` as first line.',
    '## Members',
    table(members),
    ...plugins('Generators', generators),
    ...plugins('Critics', critics),
  ]
    .join('\n\n')
    .concat('\n')
}

function table(members: ReturnType<typeof membersOf>): string {
  if (members.length === 0) return 'It takes no parameters.'
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const code = (text: string) => (text === '' || text === 'required' ? text : `\`${cell(text)}\``)
  return [
    '| name | type | default | |',
    '|---|---|---|---|',
    ...members.map(
      ({ name, type, otherwise, description }) =>
        `| \`${name}\` | ${cell(type)} | ${code(otherwise)} | ${cell(description)} |`,
    ),
  ].join('\n')
}

if (import.meta.main) {
  const root = dirname(import.meta.dirname)
  for (const [path, text] of Object.entries(referenceFiles())) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}
