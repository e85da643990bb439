/** `cultivar completion SHELL`: the script that makes a shell complete commands, options and names. */
import { Argument, type Command } from 'commander'
import type { Completion, Known } from './complete.ts'
import { inWorkspace } from './in-workspace.ts'
import { print } from './output.ts'

const scripts = {
  // Words are cut at blanks alone: COMP_WORDS also cuts at “=” and “:”.
  bash: `_cultivar() {
  local line="\${COMP_LINE:0:COMP_POINT}" IFS=$'\\n' found
  found=$(cultivar complete --line "$line" 2>/dev/null | cut -f1)
  local word="\${line##*[[:space:]]}" cut="\${line##*[[:space:]=:]}"
  COMPREPLY=()
  for each in $found; do COMPREPLY+=("\${each:$((\${#word} - \${#cut}))}"); done
}
complete -o default -o bashdefault -F _cultivar cultivar`,
  zsh: `#compdef cultivar
_cultivar() {
  local -a found
  found=("\${(@f)$(cultivar complete --line "\${(j: :)words[1,CURRENT]}" 2>/dev/null)}")
  if [[ -z "$found[1]" ]]; then _files; return; fi
  local -a described
  for each in $found; do described+=("\${\${each%%$'\\t'*}//:/\\\\:}:\${each#*$'\\t'}"); done
  _describe cultivar described
}
compdef _cultivar cultivar`,
  fish: `function __cultivar_complete
  set -l found (cultivar complete --line (commandline -cp) 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c cultivar --no-files -a '(__cultivar_complete)'`,
  powershell: `Register-ArgumentCompleter -Native -CommandName cultivar -ScriptBlock {
  param($word, $ast, $position)
  $line = $ast.ToString().PadRight($position).Substring(0, $position)
  cultivar complete --line $line 2>$null | ForEach-Object {
    $value, $description = $_ -split "\`t", 2
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', ($description, $value -ne '')[0])
  }
}`,
}

export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print the script that makes your shell complete commands, options and names')
    .addArgument(new Argument('<SHELL>', 'your shell').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      `
Examples:
  source <(cultivar completion bash)             in ~/.bashrc to keep it
  source <(cultivar completion zsh)              in ~/.zshrc, behind compinit
  cultivar completion fish > ~/.config/fish/completions/cultivar.fish
  cultivar completion powershell | Out-String | Invoke-Expression`,
    )
    .action((shell: keyof typeof scripts) => print(scripts[shell]))

  program
    .command('complete', { hidden: true })
    .description('what may come next: one a line, its description behind a tab')
    .requiredOption('--line <TEXT>', 'the command line up to the cursor')
    .action(async ({ line }: { line: string }, command: Command) => {
      const { complete } = await import('./complete.ts')
      const words = line.trimStart().split(/\s+/).slice(1)
      const found = await complete(program, words, known => lookUp(known, command))
      const lines = found.map(({ value, description }) => `${value}\t${description.replace(/\s+/g, ' ')}`)
      if (lines.length > 0) await print(lines.join('\n'))
    })
}

async function lookUp(known: Known, command: Command): Promise<Completion[]> {
  try {
    return await inWorkspace(command, async ({ store, plugins }) => {
      switch (known) {
        case 'project':
          return (await store.listProjects()).map(({ project }) => named(project.name, project.kind))
        case 'provider':
          return (await store.listProviders()).map(({ provider }) => named(provider.name, provider.kind))
        case 'run':
          return (await store.listRuns()).map(({ id, state, project }) => named(id, `${state}, ${project}`))
        case 'generator':
          return plugins.generators.map(({ kind, summary }) => named(kind, summary))
        case 'critic':
          return plugins.critics.map(({ kind, summary }) => named(kind, summary))
        case 'format':
          return plugins.formats.map(({ kind, summary }) => named(kind, summary))
      }
    })
  } catch {
    // Whoever is still typing must not be told what is wrong with the workspace: the command itself will.
    return []
  }
}

function named(value: string, description: string): Completion {
  return { value, description }
}
