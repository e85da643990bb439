/** The built-in kinds of targets. */
export { command } from './command.ts'
export { http } from './http.ts'
export { model } from './model.ts'
export { predictions } from './predictions.ts'
export { provider } from './provider.ts'
