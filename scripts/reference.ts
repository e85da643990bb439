/** Writes `docs/reference/` from the code: commands from their help; recipes, tests and targets from what their schemas say. */
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
import { parameterTable } from './parameter-table.ts'
import { targetsPage } from './targets-page.ts'
import { testsPage } from './tests-page.ts'

const { generators, critics } = builtIns()

const notice = '<!-- Derived from the code by `npm run reference`; changes made here are lost. -->'

/** Path below the root → what stands there. */
export function referenceFiles(): Record<string, string> {
  return {
    'docs/reference/cli.md': commandsPage(),
    'docs/reference/recipes.md': recipesPage(),
    'docs/reference/judges.md': judgesPage(notice),
    'docs/reference/tests.md': testsPage(notice),
    'docs/reference/targets.md': targetsPage(notice),
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
    ...list.flatMap(plugin => [`### ${plugin.kind}`, `${plugin.summary}.`, parameterTable(parametersOf(plugin))]),
  ]
  return [
    '# Recipes',
    notice,
    'A recipe is a YAML (or JSON) file. Beside the members below it has `params`, the parameters of its generator, and `critics`, a list of `{ kind, … }` with the parameters of each. `cultivar recipes check FILE` says what is wrong with one.',
    'For an editor that completes and checks: `# yaml-language-server: $schema=PATH/docs/reference/recipe.schema.json` as first line.',
    '## Members',
    parameterTable(members),
    ...plugins('Generators', generators),
    ...plugins('Critics', critics),
  ]
    .join('\n\n')
    .concat('\n')
}

if (import.meta.main) {
  const root = dirname(import.meta.dirname)
  for (const [path, text] of Object.entries(referenceFiles())) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}
