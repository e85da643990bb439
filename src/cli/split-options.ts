/** The options that say which records are learned from and which are tested on. */
import { type Command, Option } from 'commander'
import type { SplitChoice } from '../app/models/divide-examples.ts'
import { share } from './option-values.ts'

export interface SplitOptions {
  split?: NonNullable<SplitChoice['by']>
  testShare?: number
  group?: string
}

export function addSplitOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--split <HOW>',
        'records: as they say; tags: by the tags Train and Test; ratio: by lot (default: tags or records where they say it, else ratio)',
      ).choices(['records', 'tags', 'ratio']),
    )
    .option('--test-share <SHARE>', 'of the real records, tested on where lots are drawn (default: 0.2)', share)
    .option(
      '--group <FIELD>',
      'keep records with the same value of this field together (default: those with the same text)',
    )
}

export function splitChoice({ split, testShare, group }: SplitOptions): Omit<SplitChoice, 'seed'> {
  return {
    ...(split !== undefined && { by: split }),
    ...(testShare !== undefined && { testShare }),
    ...(group !== undefined && { group }),
  }
}
