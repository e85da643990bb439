/** The built-in critics, a line each. */
export { judge } from './judge.ts'
export { length } from './length.ts'
export { unique } from './unique.ts'
export { valid } from './valid.ts'
