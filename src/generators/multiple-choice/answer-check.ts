/** The critics of a multiple-choice question: one answers it from the passage without being told, one without the passage. */
import type { Ask } from '../../engine/define.ts'
import { UnitFault } from '../../engine/run-stop.ts'
import type { Verdict } from '../../model/record.ts'
import { builtInPipeline } from '../pipeline/read-pipeline.ts'
import { type PipelineRow, runPipeline } from '../pipeline/run-pipeline.ts'
import { type Letter, letterIn } from './options.ts'

export const answering = () => builtInPipeline('multiple-choice/answering')
export const guessing = () => builtInPipeline('multiple-choice/guessing')

type Slots = Record<'place' | 'context' | 'question' | 'options', string>

/** Passes if the critic, who is not told, chooses the letter. */
export async function answerVerdict(slots: Slots, letter: Letter, ask: Ask): Promise<Verdict> {
  const chosen = await choose('answering', slots, ask)
  if ('critic' in chosen) return chosen
  const pass = letterIn(chosen.letter) === letter
  const said = letterIn(chosen.letter) ?? 'none of them'
  const reason = `chose ${said}${pass ? '' : `, not ${letter}`}${chosen.explanation}`
  return { critic: 'answering', pass, reason, calls: chosen.calls }
}

/** Whether the critic chooses the letter without the passage; by chance alone it would in one of four cases. */
export async function guessVerdict(
  { question, options }: Slots,
  letter: Letter,
  ask: Ask,
): Promise<Verdict & { isGuessed: boolean }> {
  const chosen = await choose('guessing', { question, options }, ask)
  if ('critic' in chosen) return { ...chosen, isGuessed: false }
  const isGuessed = letterIn(chosen.letter) === letter
  const reason = `${isGuessed ? 'answered' : 'not answered'} without the passage${chosen.explanation}`
  return { critic: 'guessing', pass: true, reason, calls: chosen.calls, isGuessed }
}

/** What the critic chose; a verdict that rejects where it could not be asked. */
async function choose(
  critic: 'answering' | 'guessing',
  slots: Partial<Slots>,
  ask: Ask,
): Promise<Verdict | { letter: string; explanation: string; calls: string[] }> {
  const pipeline = critic === 'answering' ? answering() : guessing()
  let row: PipelineRow | undefined
  try {
    ;[row] = await runPipeline(pipeline, { slots, seeds: [], asks: 1 }, ask)
  } catch (error) {
    // One question that nobody could answer must not cost its unit the others.
    if (!(error instanceof UnitFault) || error.code === 'gave-up') throw error
    return { critic, pass: false, reason: `no usable reply: ${error.message}` }
  }
  const { fields, verdicts, call } = row!
  const failed = verdicts.find(({ pass }) => !pass)
  if (failed) return failed
  const { letter = '', explanation = '' } = fields
  return { letter, explanation: explanation === '' ? '' : `: ${explanation}`, calls: call === undefined ? [] : [call] }
}
