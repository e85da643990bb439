/** The critics that come built in. */
import type { AnyCritic } from '../engine/define.ts'
import { judge } from './judge.ts'
import { length } from './length.ts'
import { unique } from './unique.ts'
import { valid } from './valid.ts'

export const critics: AnyCritic[] = [valid, length, unique, judge]
