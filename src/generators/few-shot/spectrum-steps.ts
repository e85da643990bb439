/** The steps of the spectrum between two labels, in the words that a prompt uses. */

interface Step {
  degree: 'barely' | 'rather' | 'clearly'
  /** Of 100 readers who have to choose, those who would choose the step's own label. */
  readers: number
  /** What a text at this step is like. */
  meaning(own: string, other: string): string
}

const meanings: Record<Step['degree'], Step['meaning']> = {
  barely: (own, other) => `Much in each text speaks for ${other}, but what speaks for ${own} weighs a little more.`,
  rather: (own, other) => `Each text speaks for ${own}, with something in it that could speak for ${other} too.`,
  clearly: (own, other) => `Each text speaks for ${own} alone: nothing in it speaks for ${other}.`,
}

/**
 * The steps of either side, from the middle outwards, if there are `steps` in all (an even number). They lie closer together near the
 * middle, where a model has most to learn: of 100 readers, 58, 72 and 98 for six steps.
 */
export function stepsOf(steps: number): Step[] {
  const half = steps / 2
  return Array.from({ length: half }, (_, at) => {
    const distance = 0.15 + (half === 1 ? 0 : 0.8 * (at / (half - 1)) ** 1.5)
    const degree = distance < 0.3 ? 'barely' : distance < 0.75 ? 'rather' : 'clearly'
    return { degree, readers: Math.round(50 + 50 * distance), meaning: meanings[degree] }
  })
}
