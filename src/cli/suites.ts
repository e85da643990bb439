/** `cultivar suites`: tests of robustness, bias and fairness put to any model. */
import { type Command, Option } from 'commander'
import { previewTable } from '../app/preview-table.ts'
import { spelledCounts } from '../app/spelled.ts'
import { inWorkspace } from './in-workspace.ts'
import { show, tell, terminalWidth } from './output.ts'
import { addSuitesAugment } from './suites-augment.ts'
import { addSuitesGenerate } from './suites-generate.ts'
import { addSuitesReport } from './suites-report.ts'
import { addSuitesRun } from './suites-run.ts'
import { addSuitesTests } from './suites-tests.ts'

interface Saving {
  name?: string
  task?: 'classification' | 'entities'
  replace?: boolean
}

export function addSuites(program: Command): void {
  const suites = program
    .command('suites')
    .description('tests of robustness, bias, representation, fairness and accuracy, put to any model')
  addSuitesTests(suites)

  suites
    .command('init')
    .description('write a suite with what we advise into suites/NAME.yaml, to be edited')
    .argument('[NAME]', 'its name (default: robust)')
    .addOption(
      new Option('--task <TASK>', 'what the model does (default: classification)').choices([
        'classification',
        'entities',
      ]),
    )
    .option('--replace', 'although there is one of that name')
    .addHelpText('after', '\nExamples:\n  cultivar suites init\n  cultivar suites init spans --task entities')
    .action((name: string | undefined, { task = 'classification', replace = false }: Saving, command: Command) =>
      inWorkspace(command, async workspace => {
        const { initSuite } = await import('../app/suites/suite-files.ts')
        const { file } = await initSuite(workspace, name ?? 'robust', task, { replace })
        await show(command, { name: name ?? 'robust', file }, () => `Wrote ${file}`)
      }),
    )

  suites
    .command('add')
    .description('take a suite from a file: a LangTest configuration as it is, or one that was exported')
    .argument('<FILE>', 'YAML or JSON')
    .option('--name <NAME>', 'its name here (default: its own, else the file’s)')
    .option('--replace', 'although there is one of that name')
    .addHelpText('after', '\nExample:\n  cultivar suites add langtest_config.yml --name langtest')
    .action((file: string, { name, replace = false }: Saving, command: Command) =>
      inWorkspace(command, async workspace => {
        const { addSuite } = await import('../app/suites/suite-files.ts')
        const added = await addSuite(workspace, file, { replace, ...(name !== undefined && { name }) })
        for (const note of added.suite.notes) tell(note)
        const { name: as, file: into, suite } = added
        await show(
          command,
          { name: as, file: into, tests: suite.tests.length, notes: suite.notes },
          () => `Added suite ${as}: ${spelledCounts(suite.tests.length, 'test')}, in ${into}`,
        )
      }),
    )

  suites
    .command('list')
    .description('list the suites of the workspace')
    .addHelpText('after', '\nExample:\n  cultivar suites list')
    .action((_: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { listSuites } = await import('../app/suites/suite-files.ts')
        const listed = await listSuites(workspace)
        await show(command, listed, () =>
          listed.length === 0
            ? 'No suites yet. Make one: cultivar suites init'
            : previewTable(
                [{ title: 'suite' }, { title: 'tests', align: 'right' }, { title: 'of' }],
                listed.map(({ name, suite }) => [
                  ...[name, `${suite.tests.length}`],
                  suite.tests.map(({ kind }) => kind).join(', '),
                ]),
                terminalWidth(),
              ),
        )
      }),
    )

  suites
    .command('show')
    .description('print a suite, as a file that LangTest reads too')
    .argument('<SUITE>', 'its name, or a file')
    .addHelpText('after', '\nExamples:\n  cultivar suites show robust\n  cultivar suites show robust > shared.yaml')
    .action((named: string, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { findSuite } = await import('../app/suites/suite-files.ts')
        const { suiteText } = await import('../suites/suite.ts')
        const { suite } = await findSuite(workspace, named)
        await show(command, suite, () => suiteText(suite))
      }),
    )

  suites
    .command('remove')
    .description('remove a suite; what was tested with it stays')
    .argument('<SUITE>', 'its name')
    .addHelpText('after', '\nExample:\n  cultivar suites remove robust')
    .action((name: string, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { removeSuite } = await import('../app/suites/suite-files.ts')
        await removeSuite(workspace, name)
        await show(command, { removed: name }, () => `Removed suite ${name}.`)
      }),
    )

  addSuitesGenerate(suites)
  addSuitesRun(suites)
  addSuitesReport(suites)
  addSuitesAugment(suites)

  suites
    .command('trials')
    .description('list what was generated and run, newest first')
    .addHelpText('after', '\nExample:\n  cultivar suites trials')
    .action((_: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { listTrials } = await import('../app/suites/trial.ts')
        const listed = (await listTrials(workspace)).map(({ facts: { examples, ...facts }, report }) => ({
          ...facts,
          texts: examples.length,
          ...(report && {
            suite: report.suite,
            target: report.target,
            pass: report.pass,
            failed: report.rows.filter(({ pass }) => pass === false).length,
          }),
        }))
        await show(command, listed, () => {
          if (listed.length === 0) return 'Nothing was tested yet. Try: cultivar suites run robust --model NAME'
          return previewTable(
            ['trial', 'project', 'when', 'target', 'result'].map(title => ({ title })),
            listed.map(({ id, project, createdMs, target, failed }) => [
              ...[id, project, new Date(createdMs).toISOString().slice(0, 16).replace('T', ' '), target ?? ''],
              failed === undefined
                ? 'not run yet'
                : failed === 0
                  ? 'passed'
                  : `${spelledCounts(failed, 'test')} failed`,
            ]),
            terminalWidth(),
          )
        })
      }),
    )
}
