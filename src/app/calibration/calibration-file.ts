/** A calibration's sample as a JSONL file, to be judged in another tool. */
import { CultivarError } from '../../model/error.ts'
import { readTextFile } from '../read-text-file.ts'
import type { Workspace } from '../workspace.ts'
import { addJudgements, type Calibration, type Judgement } from './calibration.ts'

/** A line for each candidate of the sample: `record`, `good` (as judged so far, else null), `fields`; grades are not in it. */
export async function sampleLines({ store }: Workspace, { sample, judgements }: Calibration): Promise<string> {
  const found = new Map((await store.recordsById(sample.map(({ record }) => record))).map(each => [each.id, each]))
  return sample
    .flatMap(({ record }) => {
      const stored = found.get(record)
      if (!stored) return []
      const { fields, labels } = stored
      const line = { record, good: judgements[record]?.good ?? null, ...(labels.length > 0 && { labels }), fields }
      return [`${JSON.stringify(line)}\n`]
    })
    .join('')
}

const words: Record<string, boolean> = {
  true: true,
  yes: true,
  y: true,
  '1': true,
  false: false,
  no: false,
  n: false,
  '0': false,
}

/**
 * Stores what a file says; lines whose `good` is empty or null wait on.
 *
 * @throws CultivarError `bad-file` with the line, `bad-input` for a record that is not in the sample.
 */
export async function readJudgements(
  workspace: Workspace,
  calibration: Calibration,
  file: string,
  who: string,
): Promise<Calibration> {
  const judgements: Record<string, Judgement> = {}
  const lines = (await readTextFile(file)).split('\n')
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    const { record, good } = readLine(line)
    if (typeof record !== 'string') throw badLine(file, at, 'it has no `record`')
    if (good === null || good === undefined || good === '') continue
    const judged = words[String(good).trim().toLowerCase()]
    if (judged === undefined) throw badLine(file, at, `“good” is ${JSON.stringify(good)}`)
    judgements[record] = { good: judged, who, atMs: workspace.clock.now() }
  }
  return addJudgements(workspace, calibration, judgements)
}

function readLine(line: string): { record?: unknown; good?: unknown } {
  try {
    return JSON.parse(line) ?? {}
  } catch {
    // What is no JSON has no `record` either, and is named as such.
    return {}
  }
}

function badLine(file: string, at: number, what: string): CultivarError {
  return new CultivarError(
    'bad-file',
    `${file}, line ${at + 1}: ${what}.`,
    'Each line is as “cultivar runs calibrate --to FILE” wrote it, with “good” set to true or false.',
  )
}
