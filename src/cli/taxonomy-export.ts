/** `cultivar taxonomy export`: InstructLab’s files of what was grown from a taxonomy. */
import { type Command, Option } from 'commander'
import type { InstructlabOptions, InstructlabReport } from '../app/instructlab/export-instructlab.ts'
import { spelledCounts } from '../app/spelled.ts'
import { onlyGiven } from '../model/only-given.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { show } from './output.ts'
import { mixText } from './records-mix.ts'

type Choice = Omit<InstructlabOptions, 'project'> & { project?: string }

export function addTaxonomyExport(taxonomy: Command): void {
  taxonomy
    .command('export')
    .description('write what was grown as InstructLab’s files, for its trainer')
    .option('--project <NAME>', 'default: that of the run, or the only project')
    .option('--run <ID>', 'only what this run added')
    .option('--out <DIR>', 'the folder', 'instructlab')
    .option('--system-prompt <TEXT>', 'opens each conversation; empty for none (default: a plain one)')
    .addOption(
      new Option('--mixing <WAY>', 'each kept row once, or 30 drawn of each skill with replacement')
        .choices(['balanced', 'instructlab'])
        .default('balanced'),
    )
    .option('--date <DATE>', 'in the names of files, as 2026-01-31T12_00_00 (default: now)')
    .option('--skills-recipe <FILE>', 'a mixing recipe of skills that come first')
    .option('--knowledge-recipe <FILE>', 'a mixing recipe of knowledge that comes first')
    .addHelpText(
      'after',
      `
Examples:
  cultivar taxonomy export
  cultivar taxonomy export --run 3f2a --out datasets --system-prompt "You answer from the manual."
  cultivar taxonomy export --mixing instructlab --skills-recipe default_data_recipes/skills.yaml`,
    )
    .action((options: Choice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { exportInstructlab } = await import('../app/instructlab/export-instructlab.ts')
        const { requireRun } = await import('../app/find-stored.ts')
        const { project, run, ...rest } = options
        const ofRun = run === undefined ? undefined : await requireRun(workspace, run)
        const report = await exportInstructlab(workspace, {
          ...rest,
          ...{ project: await projectOrOnly(workspace, project, ofRun?.project) },
          ...onlyGiven({ run: ofRun?.id }),
        })
        await show(command, report, () => reportText(report))
      }),
    )
}

function reportText({ folder, files, leaves, empty, knowledge, skills }: InstructlabReport): string {
  const mixes = [knowledge, skills].flatMap(mix =>
    mix ? ['', `${mix.file}: ${spelledCounts(mix.records, 'row')}`, mixText(mix.datasets).replace(/^/gm, '  ')] : [],
  )
  return [
    ...leaves.map(({ path, kind, records }) => `${path} (${kind}): ${spelledCounts(records, 'record')}`),
    ...empty.map(path => `${path}: no records, left out`),
    ...mixes,
    '',
    `Wrote ${files.length} files to ${folder}`,
  ].join('\n')
}
