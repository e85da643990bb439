/** The options that say what is augmented after a suite, and how. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { AugmentMode } from '../app/improve/augment-records.ts'
import { amount, commaList } from './option-values.ts'

export interface AugmentOptions {
  tests?: string[]
  proportion?: Record<string, number>
  maxProportion?: number
  mode?: AugmentMode
}

/** Written out, so that showing help need not load what augments. */
const modes = Object.keys({ add: true, inplace: true, transformed: true } satisfies Record<AugmentMode, true>)

export function addAugmentOptions(command: Command): Command {
  return command
    .option('--tests <NAMES>', 'augment these alone (default: those that failed)', commaList)
    .option(
      '--proportion <TEST=SHARE>',
      'records to make for a test, as a share of those there are; may be repeated',
      shares,
    )
    .option('--max-proportion <SHARE>', 'most new records of all tests together, as a share of those there are', amount)
    .addOption(
      new Option(
        '--mode <MODE>',
        'add: beside the originals; inplace: each takes the place of its original; transformed: they take the place of all originals (default: add)',
      ).choices(modes),
    )
}

function shares(value: string, before: Record<string, number> = {}): Record<string, number> {
  const [, test, share] = /^([\w-]+)=(\d*\.?\d+)$/.exec(value) ?? []
  if (test !== undefined && Number(share) > 0 && Number(share) <= 1) return { ...before, [test]: Number(share) }
  throw new InvalidArgumentError('Expected TEST=SHARE with a share up to 1, such as add_typo=0.3.')
}
