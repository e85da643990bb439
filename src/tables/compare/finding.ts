/** One thing a comparison found, as a verdict says it. */

/** `good`: as a second real sample would be. `fair`: look at it. `poor`: do not rely on it. */
export type Level = 'good' | 'fair' | 'poor'

export interface Finding {
  about: 'quality' | 'usefulness' | 'validity' | 'privacy'
  level: Level
  text: string
}
