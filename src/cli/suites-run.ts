/** `cultivar suites run`: puts a suite, or a trial whose cases were generated before, to a model. */
import { type Command, Option } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import type { Expected } from '../suites/suite.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { wholeNumber } from './option-values.ts'
import { print, tell, wantsJson } from './output.ts'
import { reportFormats, type ShownFormat } from './report-formats.ts'
import { addSplitOptions, type SplitOptions, splitChoice } from './split-options.ts'
import { withStagesShown } from './stages-shown.ts'
import { addTargetOptions, type TargetOptions, targetChoice } from './target-options.ts'

interface RunChoice extends TargetOptions, SplitOptions {
  project?: string
  cases?: string
  expected?: Expected
  seed?: number
  reword?: string
  format?: ShownFormat
}

const trialId = /^[0-9a-f]{3,8}$/

export function addSuitesRun(suites: Command): void {
  addSplitOptions(
    addTargetOptions(
      suites
        .command('run')
        .description('put a suite to a model and report: test cases that it answers otherwise than the originals fail')
        .argument('<SUITE|TRIAL>', 'a suite by name or file, or the id of a trial whose cases were generated'),
    ),
  )
    .option('--project <NAME>', 'whose held-out records (default: those of the model, or the only project)')
    .option('--cases <FILE>', 'with a trial: its cases as you edited them, .csv or .jsonl')
    .addOption(
      new Option(
        '--expected <WHAT>',
        'what is right: prediction, the model’s own answer on the original; gold, the label of the data (default: the suite’s, else prediction)',
      ).choices(['prediction', 'gold']),
    )
    .option('--reword <NAME>', 'the provider that rewords texts, for the test paraphrase')
    .option('--seed <N>', 'what the cases are drawn from (default: the suite’s, else 1)', wholeNumber)
    .addOption(new Option('--format <KIND>', 'of what is printed (default: table)').choices(reportFormats))
    .addHelpText(
      'after',
      `
Examples:
  cultivar suites run robust --model intents
  cultivar suites run langtest_config.yml --url http://127.0.0.1:8000/predict --project support
  cultivar suites run 3f2a91bc --cases cases.csv --model intents --expected gold --format markdown`,
    )
    .action((named: string, options: RunChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { openTargetFor } = await import('../app/open-target.ts')
        const { findSuite, listSuites } = await import('../app/suites/suite-files.ts')
        const { newTrial } = await import('../app/suites/new-trial.ts')
        const { findTrial, runTrial, takeEditedCases } = await import('../app/suites/trial.ts')
        const { suiteReportText } = await import('../suites/suite-report-text.ts')
        const { seed, expected, cases, reword: provider, format = 'table' } = options
        const isSuite = (await listSuites(workspace)).some(({ name }) => name === named)
        const generated = !isSuite && trialId.test(named) ? await findTrial(workspace, named) : undefined
        const { suite } = generated ?? (await findSuite(workspace, named))
        const project = options.project ?? generated?.project
        const split = splitChoice(options)
        // Tests of representation look at the data alone.
        const opened = suite.tests.every(({ category }) => category === 'representation')
          ? undefined
          : await openTargetFor(workspace, targetChoice(options), { ...onlyGiven({ project }), split })
        try {
          let trial =
            generated ??
            (await newTrial(workspace, suite, {
              ...(opened ? { opened } : { project: await projectOrOnly(workspace, project), split }),
              ...onlyGiven({ seed, provider }),
            }))
          if (cases !== undefined) {
            const taken = await takeEditedCases(trial, cases)
            for (const note of taken.notes) tell(note)
            trial = taken.trial
          }
          const { report, files } = await withStagesShown(({ signal, observe }) =>
            runTrial(workspace, trial, {
              ...{ signal, ...onlyGiven({ target: opened?.target, expected }) },
              observe: ({ done, all }) => observe({ stage: 'testing', share: all === 0 ? 1 : done / all }),
            }),
          )
          await print(suiteReportText(report, wantsJson(command) ? 'json' : format))
          tell(`\nReport: ${files.html}`)
          if (!report.pass)
            tell(
              `Next: cultivar suites augment ${trial.id} --dry-run   says which records would help; “cultivar improve” does all to the end`,
            )
        } finally {
          await opened?.close()
        }
      }),
    )
}
