/** `cultivar tables show`: what a model knows, for whoever has to answer for it. */
import type { Command } from 'commander'
import { show, terminalWidth } from './output.ts'

export function addTablesShow(tables: Command): void {
  tables
    .command('show')
    .description('show what a model knows of each column, and what was found, chosen and left out')
    .argument('<MODEL>', 'a file that “tables fit” wrote')
    .addHelpText('after', '\nExample:\n  cultivar tables show patients.table.json')
    .action(async (path: string, _: unknown, command: Command) => {
      const { readTableModel } = await import('../app/tables/table-model-file.ts')
      const { describeModel, modelText } = await import('../app/tables/model-text.ts')
      const described = describeModel(await readTableModel(path))
      await show(command, described, () => modelText(described, terminalWidth()))
    })
}
