/** Recorded replies to the prompts of the built-in pipelines: what teachers wrote is usable, and critics told good rows from bad ones. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Ask } from '../../engine/define.ts'
import { parseJsonReply } from '../../text/json-reply.ts'
import type { JudgeStage, SlotValue, Stage, WriteStage } from './pipeline.ts'
import { nameOf } from './pipeline-faults.ts'
import { builtInFolder, builtInPipeline } from './read-pipeline.ts'
import { runPipeline } from './run-pipeline.ts'

interface Recorded {
  /** The pipeline, and the stage of it that was asked. */
  pipeline: string
  stage: string
  /** `id@version` of the prompt that was answered. */
  prompt: string
  case: string
  /** All that the stage was given, fields of earlier stages too. */
  slots: Record<string, SlotValue>
  /** Rows asked for, of a stage that writes many. */
  count?: number
  /** Of a judge: what is wrong with the row, as whoever made it meant it; `good` if nothing is. */
  kind?: string
  /** As it came. */
  reply: string
}

const folder = join(import.meta.dirname, 'recorded')
const recorded = readdirSync(folder).flatMap(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded[])
const names = readdirSync(builtInFolder, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.yaml'))
  .map(path => path.replace(/\.yaml$/, ''))
const asking = names.flatMap(name => builtInPipeline(name).stages.filter(stage => 'prompt' in stage))

function stageOf({ pipeline, stage: wanted }: Recorded): WriteStage | JudgeStage {
  const stage = builtInPipeline(pipeline).stages.find((each, place) => nameOf(each, place) === wanted)
  if (!stage || !('prompt' in stage)) throw new TypeError(`${pipeline} has no stage ${wanted} with a prompt`)
  return stage
}

/** The stage alone, with the recorded reply. */
function replay(fixture: Recorded) {
  const stage: Stage = stageOf(fixture)
  const ask = (async request => {
    const read = parseJsonReply(fixture.reply)
    if (read.error !== undefined) throw new TypeError(read.error)
    return { kind: 'reply', value: request.schema!.parse(read.value), truncated: false, call: 'call' }
  }) as Ask
  const pipeline = { name: 'recorded', summary: 'One stage.', slots: Object.keys(fixture.slots), stages: [stage] }
  return runPipeline(pipeline, { slots: fixture.slots, seeds: [], asks: fixture.count ?? 1 }, ask)
}

const written = recorded.filter(fixture => 'write' in stageOf(fixture))
const judged = recorded.filter(fixture => 'judge' in stageOf(fixture))

it('every prompt that writes has replies to three cases, every judge’s to good and bad rows', () => {
  for (const stage of asking) {
    const mine = recorded.filter(({ prompt }) => prompt === stage.prompt.id)
    const cases = new Set(mine.map(fixture => fixture.case))
    expect(cases.size, stage.prompt.id).toBeGreaterThanOrEqual(3)
    if ('judge' in stage) expect(new Set(mine.map(({ kind }) => kind === 'good')).size, stage.prompt.id).toBe(2)
  }
})

it.each(recorded)('$prompt, $case: is what the stage asks now', fixture => {
  expect(stageOf(fixture).prompt.id).toBe(fixture.prompt)
})

it.each(written)('$prompt, $case: what was asked for, none of it unusable', async fixture => {
  const rows = await replay(fixture)
  const { count = 1 } = fixture
  expect(rows.flatMap(({ verdicts }) => verdicts)).toEqual([])
  expect(rows.length).toBeLessThanOrEqual(count)
  // Some prompts ask for fewer rather than weak ones.
  expect(rows.length).toBeGreaterThanOrEqual(count / 2)
})

describe('judges', () => {
  it('tell nine rows of ten rightly, and find every kind of bad one', async () => {
    const found = await Promise.all(
      judged.map(async fixture => {
        const [row] = await replay(fixture)
        const { pass } = row!.verdicts[0]!
        return { ...fixture, isRight: pass === (fixture.kind === 'good') }
      }),
    )
    const share = found.filter(({ isRight }) => isRight).length / found.length
    expect(share).toBeGreaterThanOrEqual(0.9)
    for (const [kind, rows] of Map.groupBy(found, ({ prompt, kind }) => `${prompt} ${kind}`))
      expect(
        rows.some(({ isRight }) => isRight),
        kind,
      ).toBe(true)
  })
})
