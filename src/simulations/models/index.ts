/** The built-in simulations: one file and one line each. */
export { wolfSheep } from './wolf-sheep.ts'
