/** `cultivar suites tests`: every test there is, with a line and an example each. */
import { type Command, Option } from 'commander'
import { padded } from '../app/preview-table.ts'
import { wrapped } from '../app/report/report-text.ts'
import { show } from './output.ts'

const nameWidth = 34

export function addSuitesTests(suites: Command): void {
  suites
    .command('tests')
    .description('every test there is: what it does, with an example')
    .argument('[NAME]', 'a test, or a part of its name')
    .addOption(
      new Option('--category <NAME>', 'only these').choices([
        'robustness',
        'bias',
        'representation',
        'fairness',
        'accuracy',
      ]),
    )
    .addHelpText('after', '\nExamples:\n  cultivar suites tests --category robustness\n  cultivar suites tests typo')
    .action(async (part: string | undefined, { category }: { category?: string }, command: Command) => {
      const { suiteTests } = await import('../suites/suite-tests.ts')
      const tests = suiteTests().filter(
        test =>
          (category === undefined || test.category === category) && (part === undefined || test.kind.includes(part)),
      )
      const facts = tests.map(({ kind, category, summary, example, tasks }) => ({
        kind,
        category,
        summary,
        example,
        tasks,
      }))
      await show(command, facts, () =>
        facts
          .map(({ kind, category, summary, example: { before, after } }) =>
            [`${padded(kind, nameWidth)} ${category}`, ...wrapped(summary), ...wrapped(`${before}  →  ${after}`)].join(
              '\n',
            ),
          )
          .join('\n'),
      )
    })
}
