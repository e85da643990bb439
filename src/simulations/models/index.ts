/** The built-in simulations: one file and one line each. */
export { productionLine } from './production-line.ts'
export { warehouse } from './warehouse.ts'
export { wolfSheep } from './wolf-sheep.ts'
