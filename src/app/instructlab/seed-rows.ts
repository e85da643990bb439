/** The rows that InstructLab makes of a leaf's seeds: samples for its pipelines, and its test set. */
import type { LeafMaterial } from '../../generators/taxonomy/taxonomy-material.ts'
import type { Json } from '../../model/json.ts'
import { leafColumns } from './leaf-names.ts'

/** What one of their prompts for knowledge shows of a context. */
const pairsOfSample = 3

/** One sample a seed for skills; for knowledge, one for each passage and context. */
export function* samplesOf({ leaf, passages }: LeafMaterial): Generator<Record<string, Json>> {
  if (leaf.kind !== 'knowledge') {
    for (const { context, pairs } of leaf.seeds) {
      for (const { question, answer } of pairs) {
        yield {
          task_description: leaf.taskDescription,
          ...(context !== '' && { seed_context: context }),
          ...{ seed_question: question, seed_response: answer },
          ...leafColumns(leaf),
        }
      }
    }
    return
  }
  for (const { text } of passages) {
    for (const { context, pairs } of leaf.seeds) {
      const shown = pairs.slice(0, pairsOfSample)
      yield {
        ...{ document: text, icl_document: context, document_outline: leaf.documentOutline, domain: leaf.domain },
        ...Object.fromEntries(shown.map(({ question }, at) => [`icl_query_${at + 1}`, question])),
        ...Object.fromEntries(shown.map(({ answer }, at) => [`icl_response_${at + 1}`, answer])),
        ...leafColumns(leaf),
      }
    }
  }
}

/** Each pair of the seeds once, the context behind its question. */
export function* testRows({ leaf }: LeafMaterial, systemPrompt: string): Generator<Record<string, Json>> {
  for (const { context, pairs } of leaf.seeds) {
    for (const { question, answer } of pairs) {
      yield {
        user: context === '' ? question : `${question}\n${context}`,
        assistant: answer,
        ...(systemPrompt !== '' && { system: systemPrompt }),
      }
    }
  }
}
