/** The built-in simulations: one file and one line each. */
export { boids } from './boids.ts'
export { boltzmannWealth } from './boltzmann-wealth.ts'
export { epidemic } from './epidemic.ts'
export { productionLine } from './production-line.ts'
export { schelling } from './schelling.ts'
export { warehouse } from './warehouse.ts'
export { wolfSheep } from './wolf-sheep.ts'
