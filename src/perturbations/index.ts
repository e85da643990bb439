/** The built-in perturbations, a line each. */
export { lowercase } from './robustness/lowercase.ts'
export { titlecase } from './robustness/titlecase.ts'
export { uppercase } from './robustness/uppercase.ts'
