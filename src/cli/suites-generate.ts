/** `cultivar suites generate`: makes the test cases, to be looked at and edited before anything is asked of a model. */
import type { Command } from 'commander'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { wholeNumber } from './option-values.ts'
import { show, tell } from './output.ts'
import { addSplitOptions, type SplitOptions, splitChoice } from './split-options.ts'

interface GenerateChoice extends SplitOptions {
  project?: string
  model?: string
  cases?: string
  seed?: number
  reword?: string
}

export function addSuitesGenerate(suites: Command): void {
  addSplitOptions(
    suites
      .command('generate')
      .description(
        'make the test cases of a suite from the records held out; edit them, then: cultivar suites run TRIAL --cases FILE',
      )
      .argument('<SUITE>', 'its name, or a file (a LangTest configuration as it is)'),
  )
    .option('--project <NAME>', 'whose records (default: the only project)')
    .option('--model <NAME>', 'take the records that were held out when this model was trained')
    .option('--cases <FILE>', 'write the cases here too, as .csv or .jsonl, to be edited')
    .option('--reword <NAME>', 'the provider that rewords texts, for the test paraphrase')
    .option('--seed <N>', 'what the cases are drawn from (default: the suite’s, else 1)', wholeNumber)
    .addHelpText(
      'after',
      `
Examples:
  cultivar suites generate robust --project support --cases cases.csv
  cultivar suites generate langtest_config.yml --model intents --seed 7`,
    )
    .action((named: string, options: GenerateChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { findSuite } = await import('../app/suites/suite-files.ts')
        const { casesText } = await import('../suites/cases-file.ts')
        const { writeTextFile } = await import('../app/write-text-file.ts')
        const { newTrial } = await import('../app/suites/new-trial.ts')
        const { suite } = await findSuite(workspace, named)
        const { project, model, cases, seed, reword: provider } = options
        const trial = await newTrial(workspace, suite, {
          split: splitChoice(options),
          ...(model === undefined ? { project: await projectOrOnly(workspace, project) } : { model }),
          ...(seed !== undefined && { seed }),
          ...(provider !== undefined && { provider }),
        })
        const { tests, notes } = trial.generated
        for (const note of notes) tell(note)
        if (cases !== undefined) {
          const format = /\.(jsonl|ndjson)$/i.test(cases) ? 'jsonl' : 'csv'
          tell(`Wrote the cases to ${await writeTextFile(cases, casesText(trial.cases, format))}`)
        }
        const edited = cases === undefined ? '' : ` --cases ${cases}`
        await show(command, { trial: trial.id, cases: trial.cases.length, tests, notes }, () =>
          [
            `Trial ${trial.id}: ${trial.cases.length} test cases of ${trial.examples.length} texts`,
            ...tests.map(({ test, cases }) => `  ${`${cases}`.padStart(7)}  ${test}`),
            '',
            `Next: cultivar suites run ${trial.id}${edited} --model NAME`,
          ].join('\n'),
        )
      }),
    )
}
