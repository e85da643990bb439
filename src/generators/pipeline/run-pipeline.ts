/** Runs a pipeline for one unit: rows go through its stages side by side, each as far as it gets. */
import type { Ask, AskRequest } from '../../engine/define.ts'
import { UnitFault } from '../../engine/run-stop.ts'
import type { Verdict } from '../../model/record.ts'
import { foldText } from '../../text/normalize.ts'
import { readEach } from '../reply-items.ts'
import type { JudgeStage, Pipeline, SetStage, SlotValue, VaryStage, WriteStage } from './pipeline.ts'
import { failedCheck } from './pipeline-check.ts'
import { type Grade, highestGrade } from './pipeline-reply.ts'
import { judgeRequest, type Prompting, rowsAsked, writeRequest } from './pipeline-request.ts'
import { settled } from './settled.ts'

export interface PipelineStart {
  /** What the generator gives: all of the pipeline's `slots`. */
  slots: Record<string, SlotValue>
  /** Texts that `distinct` compares with, besides those of the same reply. */
  seeds: readonly string[]
  /** Rows wanted. */
  asks: number
}

export interface PipelineRow {
  /** The text slots, and all that stages wrote. */
  fields: Record<string, string>
  /** In the order of the stages; a row with one that does not pass went no further. */
  verdicts: Verdict[]
  /** The call that wrote it last, and its place there. */
  call?: string
  index: number
}

interface Row extends PipelineRow {
  /** Names it within the unit, so that what is asked of it has the same key whatever came back first. */
  path: string
}

/**
 * Rows in an order that replies' timing does not change. A row that cannot be written or judged is rejected and costs the others
 * nothing; where there is no row yet, the unit fails. Throws what stops a unit or a run, once nothing of it is under way any more.
 */
export async function runPipeline(pipeline: Pipeline, start: PipelineStart, ask: Ask): Promise<PipelineRow[]> {
  const texts = Object.entries(start.slots).filter((slot): slot is [string, string] => typeof slot[1] === 'string')
  const first: Row = { fields: Object.fromEntries(texts), verdicts: [], index: 0, path: '' }
  const rows = await new PipelineRun(pipeline, start, ask).advance(first, 0)
  return rows.map(({ path: _, ...row }) => row)
}

class PipelineRun {
  readonly #pipeline: Pipeline
  readonly #start: PipelineStart
  readonly #ask: Ask

  constructor(pipeline: Pipeline, start: PipelineStart, ask: Ask) {
    this.#pipeline = pipeline
    this.#start = start
    this.#ask = ask
  }

  /** What becomes of a row that comes to a stage. */
  async advance(row: Row, at: number): Promise<Row[]> {
    const stage = this.#pipeline.stages[at]
    if (!stage || isRejected(row)) return [row]
    const rows = await this.#pass(row, stage, at)
    return (await settled(rows.map(next => this.advance(next, at + 1)))).flat()
  }

  async #pass(row: Row, stage: Pipeline['stages'][number], at: number): Promise<Row[]> {
    if ('write' in stage) return stage.many ? this.#writeMany(row, stage, at) : [await this.#write(row, stage)]
    if ('judge' in stage) return [await this.#judge(row, stage)]
    if ('set' in stage) return [filled(row, stage)]
    if ('vary' in stage) return varied(row, stage)
    const reason = failedCheck(row.fields, stage)
    return [reason === undefined ? row : rejected(row, { critic: stage.check, reason })]
  }

  async #writeMany(row: Row, stage: WriteStage, at: number): Promise<Row[]> {
    const count = rowsAsked(this.#pipeline, at, this.#start.asks)
    const answer = await this.#put(row, stage.write, writeRequest(stage, this.#prompting(row, count)))
    if ('critic' in answer) return [rejected(row, answer)]
    const { items } = answer.value as { items: unknown[] }
    const read = readEach(items.slice(0, 2 * count), answer.truncated, item => itemFields(item, stage))
    const known = new Set(this.#start.seeds.map(foldText))
    return read.map(({ fields, reject }, index) => {
      const { call } = answer
      const next: Row = { ...row, fields: { ...row.fields, ...fields }, call, index, path: `${row.path}/${index}` }
      if (reject) return rejected(next, reject)
      const text = stage.distinct === undefined ? '' : foldText(fields[stage.distinct] ?? '')
      if (known.has(text))
        return rejected(next, {
          critic: 'copy',
          reason: `its ${stage.distinct} repeats a seed or another of the reply`,
        })
      if (text !== '') known.add(text)
      return next
    })
  }

  async #write(row: Row, stage: WriteStage): Promise<Row> {
    const request = writeRequest(stage, this.#prompting(row))
    const answer = await this.#put(row, stage.write, request, stage.optional)
    if ('critic' in answer) return stage.optional ? row : rejected(row, answer)
    const { fields, reject } = itemFields(answer.value, stage)
    if (stage.optional && (reject || answer.truncated)) return row
    const next: Row = { ...row, fields: { ...row.fields, ...fields }, call: answer.call, index: 0 }
    if (reject) return rejected(next, reject)
    if (!answer.truncated) return next
    return rejected(next, { critic: 'valid', reason: 'the output limit cut the reply: raise maxOutputTokens' })
  }

  async #judge(row: Row, stage: JudgeStage): Promise<Row> {
    const answer = await this.#put(row, stage.judge, judgeRequest(stage, this.#prompting(row)))
    if ('critic' in answer) return rejected(row, answer)
    const { score, explanation } = answer.value as Grade
    const reason = `${score} of ${highestGrade(stage)}${explanation.trim() ? `: ${explanation.trim()}` : ''}`
    const verdict = { critic: stage.judge, pass: score >= stage.keep, score, reason, calls: [answer.call] }
    return { ...row, verdicts: [...row.verdicts, verdict] }
  }

  #prompting(row: Row, count?: number): Prompting {
    return { slots: { ...this.#start.slots, ...row.fields }, ...(count === undefined ? {} : { count }) }
  }

  /** The answer, or why there is none for this row. */
  async #put(row: Row, stage: string, request: AskRequest<unknown>, optional = false) {
    try {
      const answer = await this.#ask({ ...request, place: `${stage}${row.path}` })
      return answer.kind === 'refused'
        ? { critic: 'refused', reason: answer.text.slice(0, 300), calls: [answer.call] }
        : answer
    } catch (error) {
      const isOfThisRow = error instanceof UnitFault && error.code !== 'gave-up' && (row.path !== '' || optional)
      if (!isOfThisRow) throw error
      return { critic: stage, reason: `no usable reply: ${error.message}` }
    }
  }
}

function isRejected({ verdicts }: Row): boolean {
  return verdicts.some(({ pass }) => !pass)
}

function rejected(row: Row, { critic, reason, calls }: { critic: string; reason: string; calls?: string[] }): Row {
  return { ...row, verdicts: [...row.verdicts, { critic, pass: false, reason, ...(calls && { calls }) }] }
}

/** The fields of a reply's item. One that is a bare text or number is the only field, where there is only one. */
function itemFields(item: unknown, { fields }: WriteStage) {
  const names = Object.keys(fields)
  const isBare = typeof item === 'string' || typeof item === 'number'
  const values = (isBare ? { [names[0]!]: item } : (item ?? {})) as Record<string, unknown>
  const read = Object.fromEntries(
    names.flatMap(name => (isText(values[name]) ? [[name, String(values[name]).trim()]] : [])),
  )
  const absent = names.find(name => !read[name])
  const reject =
    absent === undefined
      ? undefined
      : { critic: 'valid', reason: `its ${absent} is ${absent in read ? 'empty' : 'missing'}` }
  return { fields: read as Record<string, string>, ...(reject && { reject }) }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function filled(row: Row, { set }: SetStage): Row {
  const written = Object.entries(set).map(([name, template]) => [
    name,
    template.replace(/\{\{([a-z0-9_-]+)\}\}/g, (_, slot: string) => row.fields[slot] ?? '').trim(),
  ])
  return { ...row, fields: { ...row.fields, ...Object.fromEntries(written) } }
}

/** Variants without a text, or with that of an earlier one, are left out. */
function varied(row: Row, { vary, field, from }: VaryStage): Row[] {
  const seen = new Set<string>()
  return Object.entries(from).flatMap(([name, source], at) => {
    const text = row.fields[source] ?? ''
    if (text.trim() === '' || seen.has(text)) return []
    seen.add(text)
    return [{ ...row, fields: { ...row.fields, [vary]: name, [field]: text }, path: `${row.path}/${at}` }]
  })
}
