/** How languages are named. */
import { expect, it } from 'vitest'
import { languageName } from './language-name.ts'

it.each([
  ['de', 'German'],
  ['pt-BR', 'Brazilian Portuguese'],
  ['xx', 'xx'],
  ['plain German', 'plain German'],
  ['', ''],
])('names %j %j', (code, name) => expect(languageName(code)).toBe(name))
