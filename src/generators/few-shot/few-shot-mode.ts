/** What a mode of `few-shot` is, and what the prompts of all modes share. */
import type { AskRequest, Plan, PlanContext, UnitContext } from '../../engine/define.ts'
import type { Json } from '../../model/json.ts'
import { outputLimit, quoted, sharedSlots, taggedList } from '../prompt-slots.ts'
import type { Seed } from '../read-seeds.ts'
import { textsReply } from '../reply-items.ts'
import type { FewShotParams } from './few-shot-params.ts'
import { measureOf } from './seed-corpus.ts'
import { styleLine, type UsualLength } from './usual-length.ts'

export type FewShotUnit = UnitContext<FewShotParams>
export type TextsRequest = AskRequest<{ texts: unknown[] }>

/** All are pure; what they draw comes from forks of the unit's stream, so that they agree on what the unit shows. */
export interface FewShotMode {
  plan(context: PlanContext<FewShotParams>): Promise<Plan>
  prompt(unit: FewShotUnit): TextsRequest
  /** The seeds that the prompt shows: the lineage of what comes of it, and what it must not repeat. */
  shown(unit: FewShotUnit): Seed[]
  /** Fields of a new record besides its text. */
  fields?(unit: FewShotUnit): Record<string, Json>
}

/** The slots of every mode's prompt. */
export function fewShotSlots(unit: FewShotUnit, length: UsualLength) {
  const { params, cell, asks } = unit
  const { differentFrom, matchStyle } = params
  const instructions = params.instructions.trim()
  return {
    ...sharedSlots({ ...unit, differentFrom, sameStyle: matchStyle }),
    count: String(asks),
    label: JSON.stringify(cell),
    instructions: instructions && `${instructions}\n`,
    style: matchStyle ? styleLine(length, instructions !== '') : '',
  }
}

/** A request for texts of the usual length. */
export function textsRequest(
  { params, asks }: FewShotUnit,
  length: UsualLength,
  asked: Pick<TextsRequest, 'prompt' | 'messages'>,
): TextsRequest {
  return {
    ...asked,
    schema: textsReply,
    temperature: params.temperature,
    maxOutputTokens: params.maxOutputTokens ?? outputLimit(asks, 1.5 * length.characters),
  }
}

/** Seeds as a list within a tag, each with what `remark` says of it. */
export function seedList(
  heading: string,
  tag: string,
  seeds: Seed[],
  remark: (seed: Seed) => string = () => '',
): string {
  return taggedList(
    heading,
    tag,
    seeds.map(seed => quoted(seed.text) + remark(seed)),
  )
}

export function labelOf({ labels }: Seed): string {
  return labels.length === 0 ? '' : ` has the label ${JSON.stringify(labels.join(', '))}`
}

/** A seed in a note: its text, and where it is from. */
export function noted({ id, text }: Seed): string {
  return `${quoted(text)} (${id ?? 'given in the recipe'})`
}

/** A note on what measures similarity. */
export function neighboursNote(embed: PlanContext<unknown>['embed']): string {
  return `Neighbours are found by ${measureOf(embed)}; each prompt draws its own from twice as many as it shows.`
}
