/** Patterns against paths, as Python has them. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pathPattern } from './path-pattern.ts'

it.each([
  ['a.md', 'a.md', true],
  ['a.md', 'docs/a.md', false],
  ['*.md', 'a.md', true],
  ['*.md', 'docs/a.md', false],
  ['docs/*.md', 'docs/a.md', true],
  ['docs/*.md', 'docs/b/a.md', false],
  ['**/*.md', 'a.md', true],
  ['**/*.md', 'docs/b/a.md', true],
  ['docs/**', 'docs/b/a.md', true],
  ['docs/**', 'docs', false],
  ['**', 'docs/b/a.md', true],
  ['docs/**/a.md', 'docs/a.md', true],
  ['docs/**/c/**/a.md', 'docs/b/c/d/c/a.md', true],
  ['docs/**.md', 'docs/b/a.md', false],
  ['docs/**.md', 'docs/a.md', true],
  ['./docs//a.md', 'docs/a.md', true],
  ['/docs/a.md', 'docs/a.md', true],
  ['docs/', 'docs/a.md', false],
  ['docs', 'docs/a.md', false],
  ['../*', 'a.md', false],
  ['docs/../a.md', 'a.md', false],
  ['', 'a.md', false],
  ['*', '.hidden', false],
  ['**/*.md', '.github/a.md', false],
  ['**', 'docs/.b/a.md', false],
  ['.github/*', '.github/a.md', true],
  ['.*', '.hidden', true],
  ['[.]hidden', '.hidden', false],
  ['chapter-?.md', 'chapter-1.md', true],
  ['chapter-?.md', 'chapter-12.md', false],
  ['chapter-[0-9].md', 'chapter-7.md', true],
  ['chapter-[!0-9].md', 'chapter-7.md', false],
  ['chapter-[!0-9].md', 'chapter-x.md', true],
  ['[]]x', ']x', true],
  ['[!]]x', ']x', false],
  ['[a-]x', '-x', true],
  ['[a.md', '[a.md', true],
  ['a+(b).md', 'a+(b).md', true],
  ['{a,b}.md', 'a.md', false],
  ['A.md', 'a.md', false],
  ['?.md', '🦉.md', true],
  ['*résumé*', 'mon résumé.pdf', true],
])('%j on %j: %j', (pattern, path, expected) => {
  expect(pathPattern(pattern)(path)).toBe(expected)
})

it('agrees with a search through all ways to fill the stars', () => {
  const path = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  })
  const part = fc.oneof(
    fc.constant('**'),
    fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), minLength: 1, maxLength: 3 }),
  )
  const real = (parts: string[]) => parts.every(name => name !== '.' && name !== '..')
  const pattern = fc.array(part, { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(path.filter(real), pattern.filter(real), (names, parts) => {
      expect(pathPattern(parts.join('/'))(names.join('/'))).toBe(fits(names, parts))
    }),
    { numRuns: 3000 },
  )
})

it('takes no longer for a pattern made to take long', () => {
  const started = performance.now()
  const names = Array.from({ length: 200 }, () => 'a'.repeat(200))
  expect(pathPattern(`${'**/*a*a*a*a*a*a*b/'.repeat(12)}x`)(names.join('/'))).toBe(false)
  expect(performance.now() - started).toBeLessThan(5000)
})

function fits(names: string[], parts: string[]): boolean {
  const [part, ...rest] = parts
  if (part === undefined) return names.length === 0
  if (part !== '**') return names.length > 0 && nameFits(names[0]!, part) && fits(names.slice(1), rest)
  if (rest.length === 0) return names.length > 0 && names.every(name => !name.startsWith('.'))
  return fits(names, rest) || (names.length > 0 && !names[0]!.startsWith('.') && fits(names.slice(1), parts))
}

function nameFits(name: string, part: string): boolean {
  if (!part.startsWith('.') && name.startsWith('.')) return false
  const source = part.replace(/[.*?]/g, sign => ({ '.': '\\.', '*': '.*', '?': '.' })[sign]!)
  return new RegExp(`^${source}$`).test(name)
}
