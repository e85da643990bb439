/** `cultivar taxonomy check`: whether InstructLab accepts the leaves of a taxonomy, and what is wrong with each. */
import { type Command, Option } from 'commander'
import type { CheckedFile, CheckOptions } from '../app/taxonomy/check-taxonomy.ts'
import { errorCodes } from '../model/error.ts'
import { print, tell, wantsJson } from './output.ts'
import { addTo, countsLine, githubLines, noCounts, standardLines } from './taxonomy-check-text.ts'

interface CheckChoice extends Pick<CheckOptions, 'since' | 'strict' | 'foundational'> {
  format: 'standard' | 'json' | 'github'
}

export function addTaxonomyCheck(taxonomy: Command): void {
  taxonomy
    .command('check')
    .description('check qna.yaml files as InstructLab does: every problem with file, line, column and what to do')
    .argument('<DIR|FILE...>', 'taxonomies, folders in them, or qna.yaml files')
    .addOption(
      new Option('--format <FORMAT>', 'how problems are printed')
        .choices(['standard', 'json', 'github'])
        .default('standard'),
    )
    .option('--strict', 'warnings count as errors')
    .option('--since <REF>', 'only files that differ from this git reference')
    .option('--foundational', 'check what is below foundational_skills too, which InstructLab does not read')
    .addHelpText(
      'after',
      `
Examples:
  cultivar taxonomy check my-taxonomy
  cultivar taxonomy check my-taxonomy --since origin/main --format github
  cultivar taxonomy check knowledge/science/animals/qna.yaml --strict`,
    )
    .action(async (paths: string[], { format, ...choice }: CheckChoice, command: Command) => {
      const { checkTaxonomy } = await import('../app/taxonomy/check-taxonomy.ts')
      const { files, leftOut } = await checkTaxonomy(paths, {
        ...{ cwd: process.cwd(), environment: process.env },
        ...choice,
      })
      const asJson = format === 'json' || wantsJson(command)
      const linesOf = format === 'github' ? githubLines : standardLines
      const counts = noCounts()
      const checked: CheckedFile[] = []
      for await (const file of files) {
        addTo(counts, file)
        if (asJson) checked.push(file)
        else if (file.problems.length > 0) await print(linesOf(file).join('\n'))
      }
      await print(asJson ? JSON.stringify({ files: checked, counts }, null, 2) : countsLine(counts))
      if (leftOut > 0)
        tell(
          `Not checked: ${leftOut} below foundational_skills, which InstructLab does not read (--foundational does).`,
        )
      if (counts.accepted < counts.files) process.exitCode = errorCodes['bad-file'].exit
    })
}
