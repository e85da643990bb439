/** Words and colours for what is done with tables. */

export const resultWords = {
  sample: 'Drawn from a model',
  injection: 'Faults put in',
  comparison: 'Compared',
  simulation: 'Simulated',
} as const

export const levelColours = { good: 'green', fair: 'yellow', poor: 'red' } as const

export const shapeWords = { table: 'One table', series: 'Series', related: 'Several tables' } as const
