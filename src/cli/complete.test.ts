/** Completion: what comes next for any command line being typed. */
import type { Command } from 'commander'
import { expect, it } from 'vitest'
import { complete, type Known } from './complete.ts'
import { buildProgram } from './program.ts'

const lookUp = async (known: Known) => [{ value: `a-${known}`, description: '' }]
const values = async (...words: string[]) => (await complete(buildProgram(), words, lookUp)).map(({ value }) => value)

it('completes commands, those within, and nothing hidden', async () => {
  expect((await values('rec')).sort()).toEqual(['recipes', 'records'])
  expect(await values('projects', '')).toEqual(expect.arrayContaining(['create', 'balance', 'remove']))
  expect(await values('comp')).toEqual(['completion'])
})

it.each<[string[], string[]]>([
  [['projects', 'show', ''], ['a-project']],
  [['projects', 'create', ''], []],
  [['records', 'list', ''], ['a-project']],
  [['records', 'list', '--project', ''], ['a-project']],
  [['records', 'list', '--project=a'], ['--project=a-project']],
  [['records', 'export', '--format', 'a-f'], ['a-format']],
  [['records', 'list', '--status', 'acc'], ['accepted']],
  [['records', 'list', '--status=rej'], ['--status=rejected']],
  [['providers', 'check', 'one', ''], ['a-provider']],
  [['runs', 'show', ''], ['a-run']],
  [['run', ''], ['a-generator']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish', 'powershell'],
  ],
  [['records', 'import', ''], []],
  [['--workspace', 'x', 'projects', 'show', ''], ['a-project']],
])('completes %j to %j', async (words, expected) => {
  expect(await values(...words)).toEqual(expected)
})

it('offers every option of every command, each with words that say what it is', async () => {
  const walk = async (command: Command, path: string[]): Promise<void> => {
    const found = await complete(buildProgram(), [...path, '--'], lookUp)
    for (const { long } of command.options) if (long) expect(found.map(({ value }) => value)).toContain(long)
    for (const { value, description } of found) expect(description, `${path.join(' ')} ${value}`).not.toBe('')
    for (const inner of command.createHelp().visibleCommands(command)) {
      if (inner.name() !== 'help') await walk(inner, [...path, inner.name()])
    }
  }
  await walk(buildProgram(), [])
})

/** Each command that does something, as it is typed, with its help. */
function helps(command: Command, path: string): { path: string; command: Command; help: string }[] {
  const inner = command.commands.filter(each => each.name() !== 'help' && each.name() !== 'complete')
  if (inner.length > 0) return inner.flatMap(each => helps(each, `${path} ${each.name()}`))
  let help = ''
  command.configureOutput({ writeOut: text => (help += text) }).outputHelp()
  return [{ path, command, help }]
}

it('shows an example in the help of each command, with options that there are', () => {
  for (const { path, command, help } of helps(buildProgram(), 'cultivar')) {
    const examples = help.split('\n').filter(line => line.startsWith(`  ${path}`))
    expect(examples, path).not.toEqual([])
    const known = [...command.options, ...(command.parent?.options ?? []), ...buildProgram().options]
    for (const example of examples) {
      const own = example.split(/&&|[|>#]/)[0]!
      for (const [flag] of own.replace(/"[^"]*"/g, '').matchAll(/--[a-z-]+/g))
        expect(
          known.map(({ long }) => long),
          example,
        ).toContain(flag)
    }
  }
})
