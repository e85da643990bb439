/** The makers of a column, by what it was declared to be. */
import { caseMakers } from './case-makers.ts'
import type { ColumnChoice, ReferenceChoice } from './column-choice.ts'
import type { ColumnMaker } from './column-maker.ts'
import { dateMaker, datetimeMaker, shiftMaker, timeMaker } from './date-makers.ts'
import { drawMaker } from './draw-maker.ts'
import { fakeMaker } from './fake-makers.ts'
import { distributionOf } from './fixed-distribution.ts'
import { formulaMakers, parseFormula, templateMakers } from './formula-makers.ts'
import { idMaker, sequenceMaker } from './identity-makers.ts'
import type { Path } from './read-declaration.ts'
import { valuesMaker } from './values-maker.ts'

/** Makes a column that refers to another table. */
export type ReferenceOpener = (name: string, choice: ReferenceChoice, path: Path) => ColumnMaker

/** The last of the makers makes the column; those before it, hidden columns it reads. */
export function makersOf(
  name: string,
  choice: ColumnChoice,
  path: Path,
  reference: ReferenceOpener,
  within?: readonly [number, number],
): ColumnMaker[] {
  const distribution = distributionOf(choice, path)
  if (distribution) return [drawMaker(name, distribution, path, within)]
  if (typeof choice === 'string') return formulaMakers(name, parseFormula(choice, path), path)
  if ('values' in choice) return [valuesMaker(name, choice, path)]
  if ('value' in choice) return [valuesMaker(name, { values: [choice.value] }, path)]
  if ('sequence' in choice) return [sequenceMaker(name, choice, path)]
  if ('id' in choice) return [idMaker(name, choice.id, path)]
  if ('date' in choice) return [dateMaker(name, choice, path)]
  if ('datetime' in choice) return [datetimeMaker(name, choice, path)]
  if ('time' in choice) return [timeMaker(name, choice, path)]
  if ('shift' in choice) return [shiftMaker(name, choice, path)]
  if ('template' in choice) return templateMakers(name, choice.template, [...path, 'template'])
  if ('fake' in choice) return [fakeMaker(name, choice, path)]
  if ('formula' in choice) return formulaMakers(name, parseFormula(choice.formula, path), [...path, 'formula'])
  if ('references' in choice) return [reference(name, choice, path)]
  if ('by' in choice) return caseMakers(name, choice, path, (inner, where) => makersOf(name, inner, where, reference))
  return []
}
