/** The scribe that fills templates: wordings that fit a row, drawn by weight, with expressions over its columns filled in. */

import type { RandomStream } from '../../stats/random-stream.ts'
import { at, type Path, recipeFault } from '../../tables/declare/read-declaration.ts'
import { compileCondition, openExpression } from '../../tables/expression/compile-expression.ts'
import { type Expression, expressionColumns } from '../../tables/expression/expression.ts'
import { parseExpression } from '../../tables/expression/parse-expression.ts'
import { parseTemplateText } from '../../tables/expression/parse-template-text.ts'
import type { Column, ColumnHeader, Table } from '../../tables/table.ts'
import type { TemplateScribe, Written } from './simulation-params.ts'

export const scribedFields = ['input', 'context', 'output'] as const
type ScribedField = (typeof scribedFields)[number]

interface ParsedVariant {
  text: Expression
  when?: Expression
  weight: number
  path: Path
}

interface ParsedWording {
  name: string
  variants: ParsedVariant[]
  path: Path
}

interface ParsedScribe {
  choices: ParsedWording[]
  texts: ParsedWording[]
  /** Names that its texts and conditions use, choices among them. */
  names: string[]
}

/** @throws CultivarError `bad-recipe` with the member that cannot be read. */
export function parseScribe(scribe: TemplateScribe): ParsedScribe {
  const choices = Object.entries(scribe.choices).map(([name, written]) =>
    parseWording(name, written, ['params', 'scribe', 'choices', name]),
  )
  const texts = scribedFields.flatMap(name => {
    const written = scribe[name]
    return written === undefined ? [] : [parseWording(name, written, ['params', 'scribe', name])]
  })
  const expressions = [...choices, ...texts].flatMap(({ variants }) =>
    variants.flatMap(({ text, when }) => [text, ...(when ? [when] : [])]),
  )
  return { choices, texts, names: [...new Set(expressions.flatMap(expressionColumns))] }
}

function parseWording(name: string, written: Written, path: Path): ParsedWording {
  const variants = [written].flat()
  return {
    name,
    path,
    variants: variants.map((variant, place) => {
      const { text, when, weight } = typeof variant === 'string' ? { text: variant, weight: 1 } : variant
      const own = variants.length > 1 ? [...path, place] : path
      return {
        text: at(own, () => parseTemplateText(text)),
        ...(when !== undefined && { when: at([...own, 'when'], () => parseExpression(when)) }),
        weight,
        path: own,
      }
    }),
  }
}

type Wording = (table: Table, random: (row: number) => RandomStream) => (string | null)[]

/** Texts by field, one a row; null where no variant fits. */
export type OpenedScribe = (
  table: Table,
  random: (row: number) => RandomStream,
) => Partial<Record<ScribedField, (string | null)[]>>

/** @throws CultivarError `bad-recipe` for columns that are not there and conditions that are none. */
export function openScribe({ choices, texts }: ParsedScribe, headers: readonly ColumnHeader[]): OpenedScribe {
  const known = [...headers]
  const opened = choices.map(choice => {
    if (known.some(({ name }) => name === choice.name)) {
      throw recipeFault(choice.path, `there is a column “${choice.name}” already`, 'Give the choice another name.')
    }
    const wording = openWording(choice, known)
    known.push({ name: choice.name, storage: 'texts', type: 'text' })
    return { name: choice.name, wording }
  })
  const written = texts.map(text => ({ name: text.name, wording: openWording(text, known) }))
  return (table, random) => {
    const columns: Column[] = [...table.columns]
    for (const { name, wording } of opened) {
      columns.push({ name, storage: 'texts', type: 'text', values: wording({ ...table, columns }, random) })
    }
    return Object.fromEntries(written.map(({ name, wording }) => [name, wording({ ...table, columns }, random)]))
  }
}

function openWording({ name, variants }: ParsedWording, headers: readonly ColumnHeader[]): Wording {
  const opened = variants.map(({ text, when, weight, path }) => ({
    weight,
    text: at(path, () => openExpression(text, headers)).column,
    fits: when && at([...path, 'when'], () => compileCondition(when, headers)),
  }))
  return (table, random) => {
    const drawn = opened.map(({ text, fits, weight }) => ({ texts: text(table), fits: fits?.(table), weight }))
    return Array.from({ length: table.rows }, (_, row) => {
      const fitting = drawn.filter(({ fits }) => fits === undefined || fits[row] === 1)
      const total = fitting.reduce((sum, { weight }) => sum + weight, 0)
      let left = fitting.length > 1 ? random(row).fork(name).float() * total : 0
      const one = fitting.find(({ weight }) => {
        left -= weight
        return left < 0
      })
      return one ? textAt(one.texts, row) : null
    })
  }
}

function textAt(column: Column, row: number): string | null {
  if (column.storage === 'codes') return column.dictionary[column.codes[row]!] ?? null
  return column.storage === 'texts' ? (column.values[row] ?? null) : String(column.values[row])
}
