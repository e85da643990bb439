/** `cultivar projects card`: what a reader of the dataset must know. */
import type { Command } from 'commander'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { print, tell, wantsJson } from './output.ts'

export function addProjectsCard(projects: Command): void {
  projects
    .command('card')
    .description('a dataset card in Markdown: accuracy, bias, privacy, over-fitting, expense, licence terms')
    .argument('[NAME]', 'default: the only project')
    .option('--out <FILE>', 'write it there')
    .addHelpText(
      'after',
      `
Example:
  cultivar projects card support --out README.md

It says what the workspace knows, and what it does not. Whose terms the models write under, you state once:
  cultivar providers set gpt --terms "…"`,
    )
    .action((name: string | undefined, { out }: { out?: string }, command: Command) =>
      inWorkspace(command, async workspace => {
        const { buildCard } = await import('../app/card/card.ts')
        const { cardText } = await import('../app/card/card-text.ts')
        const { writeTextFile } = await import('../app/write-text-file.ts')
        const card = await buildCard(workspace, await projectOrOnly(workspace, name))
        const text = wantsJson(command) ? `${JSON.stringify(card, null, 2)}\n` : cardText(card)
        if (out === undefined) await print(text)
        else tell(`Wrote the card to ${await writeTextFile(out, text)}`)
      }),
    )
}
