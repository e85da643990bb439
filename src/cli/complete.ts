/** What may come next on a command line being typed: derived from the commands themselves, so that nothing is listed twice. */
import type { Argument, Command, Option } from 'commander'

export interface Completion {
  value: string
  /** What it is, in a few words. */
  description: string
}

/** What only a workspace knows. */
export type Known = 'project' | 'provider' | 'run' | 'generator' | 'critic' | 'format'

/** Names of a kind; none where there is no workspace. */
export type LookUp = (known: Known) => Promise<Completion[]>

/**
 * Completions of the last of `words` (perhaps empty), those before it being typed already. Empty where files are meant, or
 * nothing is known: shells then offer files.
 */
export async function complete(program: Command, words: string[], lookUp: LookUp): Promise<Completion[]> {
  const current = words.at(-1) ?? ''
  const { command, awaiting, given } = follow(program, words.slice(0, -1))
  const equals = /^(--[^=]+)=(.*)$/s.exec(current)
  const option = equals ? optionOf(command, equals[1]!) : awaiting
  const found = option
    ? await valuesOf(option, knownOfOption(option), lookUp)
    : current.startsWith('-')
      ? optionsOf(command)
      : await wordsOf(command, given, lookUp)
  const prefix = equals?.[1] === undefined || !option ? '' : `${equals[1]}=`
  return found
    .map(({ value, description }) => ({ value: prefix + value, description }))
    .filter(({ value }) => value.startsWith(current))
}

/** The command that the words lead to, the option whose value comes next, and how many arguments were given. */
function follow(program: Command, words: string[]): { command: Command; awaiting: Option | undefined; given: number } {
  let command = program
  let awaiting: Option | undefined
  let given = 0
  for (const word of words) {
    if (awaiting) {
      awaiting = undefined
      continue
    }
    if (word.startsWith('-')) {
      const option = word.includes('=') ? undefined : optionOf(command, word)
      awaiting = option?.required ? option : undefined
      continue
    }
    const inner = command.commands.find(each => each.name() === word || each.aliases().includes(word))
    if (inner && given === 0) command = inner
    else given++
  }
  return { command, awaiting, given }
}

function visibleOptions(command: Command): Option[] {
  const own = command.createHelp().visibleOptions(command)
  return [...own, ...command.createHelp().visibleGlobalOptions(command)]
}

function optionOf(command: Command, flag: string): Option | undefined {
  return visibleOptions(command).find(({ long, short }) => flag === long || flag === short)
}

function optionsOf(command: Command): Completion[] {
  return visibleOptions(command).map(option => ({
    value: option.long ?? option.short ?? '',
    description: option.description,
  }))
}

async function wordsOf(command: Command, given: number, lookUp: LookUp): Promise<Completion[]> {
  const commands = command
    .createHelp()
    .visibleCommands(command)
    .map(each => ({ value: each.name(), description: each.description() }))
  if (commands.length > 0) return commands
  const argument = command.registeredArguments[given] ?? command.registeredArguments.findLast(each => each.variadic)
  return argument ? valuesOf(argument, knownOfArgument(command, argument), lookUp) : []
}

async function valuesOf(
  { argChoices }: Pick<Argument | Option, 'argChoices'>,
  known: Known | undefined,
  lookUp: LookUp,
): Promise<Completion[]> {
  if (argChoices) return argChoices.map(value => ({ value, description: '' }))
  return known ? lookUp(known) : []
}

const knownByOption: Record<string, Known> = {
  '--project': 'project',
  '--teacher': 'provider',
  '--embedder': 'provider',
  '--run': 'run',
  '--format': 'format',
}

function knownOfOption({ long }: Option): Known | undefined {
  return knownByOption[long ?? '']
}

/** Arguments are called NAME, ID or KIND in every family of commands: the family says of what. */
function knownOfArgument(command: Command, argument: Argument): Known | undefined {
  const family = command.parent?.name()
  const name = argument.name()
  if (name === 'PROJECT' || (name === 'NAME' && family === 'projects' && command.name() !== 'create')) return 'project'
  if (name.startsWith('NAME') && family === 'providers' && command.name() !== 'add') return 'provider'
  if (name === 'ID' && family === 'runs') return 'run'
  if (name === 'RECIPE|GENERATOR') return 'generator'
  if (name === 'KIND') return family === 'critics' ? 'critic' : 'generator'
  return undefined
}
