/** `cultivar pipelines`: the built-in pipelines as files to read, and to change. */
import type { Command } from 'commander'
import { print, show, tell } from './output.ts'

export function addPipelines(program: Command): void {
  const pipelines = program.command('pipelines').description('the stages and prompts that generators work by, as files')

  pipelines
    .command('list')
    .description('list the built-in pipelines with their stages')
    .addHelpText('after', '\nExample:\n  cultivar pipelines list')
    .action(async (_: unknown, command: Command) => {
      const { listPipelines } = await import('../app/pipelines.ts')
      const listed = await listPipelines()
      await show(command, listed, () =>
        listed.map(({ name, summary, stages }) => `${name}\n  ${summary}\n  ${stages.join(' → ')}`).join('\n\n'),
      )
    })

  pipelines
    .command('show')
    .description('print a pipeline and its prompts')
    .argument('<NAME>', 'as `pipelines list` has it')
    .addHelpText('after', '\nExample:\n  cultivar pipelines show instructlab-full/knowledge')
    .action(async (name: string, _: unknown, command: Command) => {
      const { showPipeline } = await import('../app/pipelines.ts')
      const files = await showPipeline(name)
      await show(command, files, () => files.map(({ path, text }) => `# ${path}\n\n${text.trim()}`).join('\n\n\n'))
    })

  pipelines
    .command('copy')
    .description('copy a pipeline with its prompts, to change it')
    .argument('<NAME>', 'as `pipelines list` has it')
    .requiredOption('--out <DIR>', 'folder to make')
    .addHelpText(
      'after',
      `
Example:
  cultivar pipelines copy instructlab-full/knowledge --out my-pipelines
  and in the recipe: pipeline: my-pipelines/knowledge.yaml`,
    )
    .action(async (name: string, { out }: { out: string }) => {
      const { copyPipeline } = await import('../app/pipelines.ts')
      const file = await copyPipeline(name, out)
      await print(file)
      tell('Change it or its prompts, and name this file as `pipeline` in the parameters of a recipe.')
    })
}
