/** Learns the columns of a table one by one, under differential privacy if asked. */
import type { RandomStream } from '../../stats/random-stream.ts'
import { ownValue } from '../../text/own-value.ts'
import type { ColumnChoice } from './column-choice.ts'
import { fitColumn } from './fit-column.ts'
import { chosenSynthesizer, type FitTableOptions } from './fit-table-options.ts'
import type { Constraint, FittedColumn, NumberModel } from './fitted-table.ts'
import { synthesizers } from './index.ts'
import { costs, deltaOfCategories, fitPrivateColumn } from './private-columns.ts'
import type { ShapedColumn } from './shape-columns.ts'

/** The fraction of ε that goes to finding out ranges, histograms and categories, where any must be found out. */
const epsilonOfColumns = 0.25
/** Codes of a number under differential privacy: noise falls on each. */
const privateBins = 16

/** @returns the columns, and what is left of ε. */
export function fitColumns(
  shaped: readonly ShapedColumn[],
  options: FitTableOptions,
  random: RandomStream,
  note: (text: string) => void,
): { columns: FittedColumn[]; left: number } {
  const { privacy = {}, columns: choices = {}, given = [], constraints = [] } = options
  const synthesizer = chosenSynthesizer(options)
  const { epsilon, secret, mergeBelow = 1, neverReemit } = privacy
  const table = shaped
    .filter(({ column, follows }) => !follows && !given.includes(column.name))
    .map(({ column }) => column)
  const quiet = epsilon !== undefined ? () => undefined : note
  const fitting = {
    bins: epsilon === undefined ? synthesizers[synthesizer].bins : privateBins,
    keepFrom: mergeBelow,
    ...(neverReemit && { neverReemit }),
    table,
    note: quiet,
  }
  const plain = shaped.map(({ column, follows, above }) => {
    if (follows) return undefined
    const choice = choiceOf(column.name, choices, constraints)
    // What is added to another column is a number, be it always the same or one more in each row.
    return fitColumn(column, above ? { ...choice, kind: 'number' } : choice, fitting)
  })
  const charged = plain.filter(fitted => fitted && costs(fitted, ownValue(choices, fitted.header.name) ?? {}))
  const forColumns = epsilon === undefined || charged.length === 0 ? 0 : epsilon * epsilonOfColumns
  if (epsilon !== undefined) noteBudget(epsilon, forColumns, charged.length, secret !== undefined, note)
  const columns = shaped.map(({ column, hidden, above, follows }, place): FittedColumn => {
    if (follows) return { ...follows, ...(hidden && { hidden }) }
    const choice = choiceOf(column.name, choices, constraints)
    const fitted =
      epsilon === undefined
        ? plain[place]!
        : fitPrivateColumn(plain[place]!, column, above ? withoutRange(choice) : choice, {
            bins: privateBins,
            epsilon: forColumns / Math.max(1, charged.length),
            random: random.fork('column').fork(column.name),
            note,
          })
    const given = epsilon === undefined ? undefined : { range: choice.range }
    const raised = above && fitted.model.kind === 'number' ? withBase(fitted, above, given) : fitted
    return { ...raised, ...(hidden && { hidden }) }
  })
  for (const { header, model } of columns)
    if (isUnique(header.name, constraints) && !staysUnique(model)) note(notUnique(header.name))
  return { columns, left: (epsilon ?? 0) - forColumns }
}

/** What is said of a column, by itself or in a constraint. */
function choiceOf(
  name: string,
  choices: Record<string, ColumnChoice>,
  constraints: readonly Constraint[],
): ColumnChoice {
  const choice = ownValue(choices, name) ?? {}
  const range = constraints.find(one => one.kind === 'range' && one.column === name)
  const unique = isUnique(name, constraints)
  return {
    ...choice,
    ...(range?.kind === 'range' && {
      range: [range.min ?? -Number.MAX_VALUE, range.max ?? Number.MAX_VALUE],
    }),
    ...(unique && !choice.kind && { kind: 'id' as const }),
  }
}

function isUnique(name: string, constraints: readonly Constraint[]): boolean {
  return constraints.some(one => one.kind === 'unique' && one.columns[0] === name)
}

function staysUnique(model: FittedColumn['model']): boolean {
  return model.kind === 'id' || model.kind === 'sequence' || (model.kind === 'text' && model.unique === true)
}

function notUnique(name: string): string {
  return `“${name}” holds no ids or whole numbers that new ones could be made of: values may repeat.`
}

/** A range is one of the column’s values, not of what they are above another column. */
function withoutRange({ range: _, ...choice }: ColumnChoice): ColumnChoice {
  return choice
}

/** @param given under differential privacy, where nothing of the column itself may stand in the model: the range that somebody gave */
function withBase(
  fitted: FittedColumn,
  { column, reference, range: seen }: NonNullable<ShapedColumn['above']>,
  given: Pick<ColumnChoice, 'range'> | undefined,
): FittedColumn {
  const { range: own, ...rest } = fitted.model as NumberModel
  const range = given ? given.range : (own ?? seen)
  return { ...fitted, model: { ...rest, above: { column, reference }, ...(range && { range }) } }
}

function noteBudget(
  epsilon: number,
  forColumns: number,
  charged: number,
  isSecret: boolean,
  note: (text: string) => void,
): void {
  const rest = epsilon - forColumns
  note(
    `Differential privacy, ε = ${epsilon} in all, for tables that differ in one row: ${forColumns === 0 ? 'nothing' : round(forColumns)} for ranges, histograms and categories of ${charged} columns, ${round(rest / 3)} for the structure, ${round((rest * 2) / 3)} for the counts.`,
  )
  if (charged > 0)
    note(
      `Categories that were not given show themselves with a chance of at most δ = ${deltaOfCategories} a column if only one row has them.`,
    )
  note(
    `Taken as public: the number of rows, names and kinds of columns, their decimals, how long the parts of ids are and which are digits or letters. ${
      isSecret
        ? 'The noise came from a secret that was not kept: fitted again, the model is another one, and more of ε is spent.'
        : 'The noise came from the seed: keep the seed secret, or whoever has it can take the noise away.'
    }`,
  )
}

const round = (value: number) => Number(value.toPrecision(3))
