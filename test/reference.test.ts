/** The committed reference pages are what the code says. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { referenceFiles } from '../scripts/reference.ts'

it.each(Object.entries(referenceFiles()))('%s is up to date (npm run reference writes it)', (path, text) => {
  expect(readFileSync(join(dirname(import.meta.dirname), path), 'utf8')).toBe(text)
})
