/** Constraints in words. */
import type { Constraint } from './fitted-table.ts'

export function constraintText(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'at-most':
      return `“${constraint.low}” is at most “${constraint.high}”`
    case 'range':
      return `“${constraint.column}” lies between ${constraint.min ?? '−∞'} and ${constraint.max ?? '∞'}`
    case 'combinations':
      return constraint.learned
        ? `“${constraint.columns[1]}” follows from “${constraint.columns[0]}”`
        : `only combinations of ${constraint.columns.map(name => `“${name}”`).join(', ')} that occur`
    case 'unique':
      return `no two values of “${constraint.columns[0]}” are the same`
    case 'sum':
      return `${constraint.parts.map(name => `“${name}”`).join(' + ')} = ${typeof constraint.total === 'string' ? `“${constraint.total}”` : constraint.total}`
  }
}
