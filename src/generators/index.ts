/** The built-in generators. */
import type { AnyGenerator } from '../engine/define.ts'
import { fewShot } from './few-shot.ts'
import { prompt } from './prompt.ts'
import { template } from './template.ts'

export const generators: AnyGenerator[] = [template, prompt, fewShot]
