/** `cultivar records accept|reject|reset|tag|untag|relabel|restore`: decisions on records named by id or chosen together. */
import type { Command } from 'commander'
import type { Decision } from '../model/decision.ts'
import type { Status } from '../model/record.ts'
import { choose, type DecisionOptions, filtering, naming, showDecisions } from './decision-options.ts'
import { inWorkspace } from './in-workspace.ts'

/** Where a filter names no status: what is decided already is not decided again by the way. */
const undecided: Status[] = ['pending']
const decided: Status[] = ['accepted', 'rejected']
const standing: Status[] = ['pending', 'accepted']

export function addRecordsDecide(records: Command): void {
  addStatus(records, 'accept', {
    description: 'accept records: a person looked at them and they stay',
    statuses: undecided,
    done: 'accepted',
    examples: `
Examples:
  cultivar records accept 03b33d9d4a.0.1 03b33d9d4a.0.2
  cultivar records accept --run 03b3 --label billing
  cultivar records accept --all`,
  })
  addStatus(records, 'reject', {
    description: 'reject records: exports leave them out, generators with feedback write others',
    statuses: undecided,
    done: 'rejected',
    examples: `
Examples:
  cultivar records reject 03b33d9d4a.0.3
  cultivar records reject --run 03b3 --tag off-topic`,
  })
  addStatus(records, 'reset', {
    description: 'make records pending again',
    statuses: decided,
    done: 'made pending again',
    examples: '\nExample:\n  cultivar records reset --run 03b3 --status rejected',
  })
  addNaming(records, 'tag', 'TAG', {
    description: 'tag records',
    done: tag => `tagged “${tag}”`,
    decision: (record, tag) => ({ kind: 'tag', record, tag }),
    examples: '\nExample:\n  cultivar records tag off-topic 03b33d9d4a.0.3 03b33d9d4a.1.0',
  })
  addNaming(records, 'untag', 'TAG', {
    description: 'take a tag off records',
    done: tag => `freed of the tag “${tag}”`,
    decision: (record, tag) => ({ kind: 'untag', record, tag }),
    examples: '\nExample:\n  cultivar records untag off-topic --all',
  })
  addNaming(records, 'relabel', 'LABEL', {
    description: 'give records another label, one of the project’s list if it is closed',
    done: label => `labelled “${label}”`,
    decision: (record, label) => ({ kind: 'relabel', record, labels: [label] }),
    examples: `
Examples:
  cultivar records relabel billing 03b33d9d4a.0.3
  cultivar records relabel refund --run 03b3 --label return`,
  })
  addRestore(records)
}

function addStatus(
  records: Command,
  kind: 'accept' | 'reject' | 'reset',
  {
    description,
    statuses,
    done,
    examples,
  }: { description: string; statuses: Status[]; done: string; examples: string },
): void {
  naming(filtering(records.command(kind), statuses.join(', ')))
    .description(description)
    .argument('[ID...]', 'their ids, or the beginnings of them; else the options choose')
    .option('--all', 'all records of the project, if nothing else narrows')
    .addHelpText('after', examples)
    .action((ids: string[], options: DecisionOptions, command: Command) =>
      decideOn(command, ids, options, { statuses, done, decision: record => ({ kind, record }) }),
    )
}

function addNaming(
  records: Command,
  kind: 'tag' | 'untag' | 'relabel',
  noun: string,
  {
    description,
    done,
    decision,
    examples,
  }: {
    description: string
    done(name: string): string
    decision(record: string, name: string): Decision
    examples: string
  },
): void {
  naming(filtering(records.command(kind), standing.join(', ')))
    .description(description)
    .argument(`<${noun}>`, `the ${noun.toLowerCase()}`)
    .argument('[ID...]', 'ids of records, or the beginnings of them; else the options choose')
    .option('--all', 'all records of the project, if nothing else narrows')
    .addHelpText('after', examples)
    .action((name: string, ids: string[], options: DecisionOptions, command: Command) =>
      decideOn(command, ids, options, {
        statuses: standing,
        done: done(name),
        decision: record => decision(record, name),
      }),
    )
}

function addRestore(records: Command): void {
  naming(records.command('restore'))
    .description('take candidates into the dataset that a run did not keep')
    .argument('<ID...>', 'their ids, or the beginnings of them; see “cultivar runs rejects”')
    .addHelpText('after', '\nExample:\n  cultivar records restore 03b33d9d4a.2.4')
    .action((ids: string[], options: DecisionOptions, command: Command) =>
      decideOn(command, ids, options, {
        statuses: [],
        done: 'restored',
        decision: record => ({ kind: 'restore', record }),
      }),
    )
}

function decideOn(
  command: Command,
  ids: string[],
  options: DecisionOptions,
  { statuses, done, decision }: { statuses: Status[]; done: string; decision(record: string): Decision },
): Promise<void> {
  return inWorkspace(command, async workspace => {
    const { decide, whoDecides } = await import('../app/decide.ts')
    const { project, records } = await choose(workspace, ids, options, statuses)
    const who = whoDecides(workspace.environment, options.by)
    await showDecisions(command, await decide(workspace, project, records.map(decision), who), done, options)
  })
}
