/** A record as InstructLab's pipelines leave it: one row of `generated_<date>/<leaf>.jsonl`. */
import { asked, exchangeOf } from '../../formats/exchange.ts'
import { exportMembers } from '../../formats/record-members.ts'
import type { LeafMaterial } from '../../generators/taxonomy/taxonomy-material.ts'
import type { Json } from '../../model/json.ts'
import type { StoredRecord } from '../../model/record.ts'
import { leafColumns } from './leaf-names.ts'

export type GeneratedRow = {
  leaf_node_type: string
  /** Of a grounded skill, the context before it. */
  question: string
  response: string
  /** Id of the record, which leads back to its lineage. */
  record: string
  /** For knowledge: the passage that was asked about, mended or summarised where `dataset_type` says so. */
  document?: string
  domain?: string
  /** For knowledge with variants: the passage as it is in the document. */
  raw_document?: string
  dataset_type?: string
  [column: string]: Json | undefined
}

/** Fields that stand in the row under another name, or are no part of it. */
const ownFields = ['question', 'answer', 'context', 'variant', 'source']

/** Makes the rows of one leaf. They throw CultivarError `bad-input` for a record without a question or an answer. */
export function generatedRows({ leaf, passages }: LeafMaterial): (record: StoredRecord) => GeneratedRow {
  const textByPlace = new Map(passages.map(({ text, source }) => [placeOf(source), text]))
  return record => {
    const exchange = exchangeOf(exportMembers(record), {})
    const { context, question, answer } = exchange
    const { variant, source } = record.fields
    const others = Object.entries(record.fields).filter(([name]) => !ownFields.includes(name))
    const row = { ...Object.fromEntries(others), ...leafColumns(leaf), response: answer, record: record.id }
    if (leaf.kind !== 'knowledge') {
      return {
        ...{ ...row, task_description: leaf.taskDescription, question: asked(exchange) },
        ...(context !== '' && { context }),
      }
    }
    return {
      ...{ ...row, document: context, document_outline: leaf.documentOutline, domain: leaf.domain, question },
      ...(typeof variant === 'string' && {
        raw_document: textByPlace.get(placeOf(source)) ?? context,
        dataset_type: variant,
      }),
    }
  }
}

function placeOf(source: Json | undefined): string {
  const {
    document = null,
    start = null,
    end = null,
  } = source !== null && typeof source === 'object' && !Array.isArray(source) ? source : {}
  return JSON.stringify([document, start, end])
}
