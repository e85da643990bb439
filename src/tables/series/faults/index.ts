/** The kinds of faults that sensors can have. */
export { bias } from './bias.ts'
export { delayed } from './delayed.ts'
export { drift } from './drift.ts'
export { dropout } from './dropout.ts'
export { noiseBurst } from './noise-burst.ts'
export { saturation } from './saturation.ts'
export { spike } from './spike.ts'
export { stuck } from './stuck.ts'
