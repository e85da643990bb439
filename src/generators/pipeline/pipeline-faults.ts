/** What is wrong with a pipeline whose members are each of the right form: fields and slots that nobody fills, grades nobody gives. */
import { nearestName } from '../../text/nearest-name.ts'
import type { Pipeline, Stage } from './pipeline.ts'
import { slotsOf } from './pipeline-prompt.ts'
import { highestGrade } from './pipeline-reply.ts'

/** In words, in the order of the stages; none if it can run. */
export function pipelineFaults({ slots, stages }: Pipeline): string[] {
  const known = new Set(slots)
  const names = new Set<string>()
  const faults: string[] = []
  const open = stages.filter(stage => 'write' in stage && stage.many && stage.count === undefined)
  if (open.length > 1) faults.push('two stages write many rows without a `count`: give one of them a number')
  for (const [place, stage] of stages.entries()) {
    const name = nameOf(stage, place)
    if (names.has(name)) faults.push(`two stages are called ${name}: verdicts could not be told apart`)
    names.add(name)
    faults.push(...ownFaults(stage, name))
    for (const slot of neededBy(stage)) {
      if (!known.has(slot))
        faults.push(`stage ${name} needs ${slot}, which nothing before it fills${meant(slot, known)}`)
    }
    for (const field of writtenBy(stage)) known.add(field)
  }
  return faults
}

export function nameOf(stage: Stage, place: number): string {
  if ('write' in stage) return stage.write
  if ('judge' in stage) return stage.judge
  if ('check' in stage) return stage.check
  return `${place + 1}`
}

function neededBy(stage: Stage): string[] {
  if ('write' in stage) return slotsOf(stage.prompt).filter(slot => !(stage.many && slot === 'count'))
  if ('judge' in stage) return slotsOf(stage.prompt)
  if ('set' in stage)
    return Object.values(stage.set).flatMap(text =>
      [...text.matchAll(/\{\{([a-z0-9_-]+)\}\}/g)].map(([, slot]) => slot!),
    )
  if ('vary' in stage) return Object.values(stage.from)
  if (stage.by === 'options') return [stage.field]
  return [stage.field, ...(stage.by === 'verbatim' ? [stage.in ?? 'document'] : [])]
}

function writtenBy(stage: Stage): string[] {
  if ('write' in stage) return Object.keys(stage.fields)
  if ('set' in stage) return Object.keys(stage.set)
  return 'vary' in stage ? [stage.vary, stage.field] : []
}

function ownFaults(stage: Stage, name: string): string[] {
  if ('write' in stage) {
    const { distinct, many, count, fields, optional } = stage
    return [
      ...(distinct !== undefined && !(distinct in fields)
        ? [`stage ${name} does not write ${distinct}, which is to be distinct`]
        : []),
      ...(many && optional ? [`stage ${name} writes many rows, so it cannot be optional`] : []),
      ...(!many && count !== undefined ? [`stage ${name} has a \`count\`, but not \`many: true\``] : []),
    ]
  }
  if ('judge' in stage) {
    const highest = highestGrade(stage)
    const both = stage.scale && stage.criteria ? [`stage ${name} has a \`scale\` and \`criteria\`: leave one out`] : []
    return stage.keep > highest
      ? [...both, `stage ${name} keeps from ${stage.keep} on, but gives ${highest} at most`]
      : both
  }
  if ('check' in stage && stage.by === 'matches') return patternFault(stage.pattern, name)
  return []
}

function patternFault(pattern: string | undefined, name: string): string[] {
  if (pattern === undefined) return [`stage ${name} has no \`pattern\``]
  try {
    new RegExp(pattern, 'su')
    return []
  } catch (error) {
    return [`the pattern of stage ${name} is not a regular expression: ${(error as Error).message}`]
  }
}

function meant(slot: string, known: Set<string>): string {
  const nearest = nearestName(slot, [...known])
  return nearest === undefined ? '' : ` (did you mean ${nearest}?)`
}
