/** What is put into Markdown stays text. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { markdownCode, markdownTable, markdownText } from './markdown.ts'

const nasty = fc.string({
  unit: fc.constantFrom('`', '|', '<', '>', '*', '[', ']', '\\', '\n', '#', 'a', ' ', '\u202e'),
})

it('leaves no character that begins markup unescaped, and no line break', () => {
  fc.assert(
    fc.property(nasty, text => {
      const written = markdownText(text)
      expect(written).not.toMatch(/\n|\u202e/)
      expect(written).not.toMatch(/^#/)
      expect(written.replace(/\\[\\`*[\]<>|#]/g, '')).not.toMatch(/[`*[\]<>|\\]/)
    }),
  )
})

it('fences code with more backticks than it holds, and keeps to its table cell', () => {
  fc.assert(
    fc.property(nasty, text => {
      const code = markdownCode(text)
      const fence = /^`+/.exec(code)![0]
      expect(code.endsWith(fence)).toBe(true)
      const inner = code.slice(fence.length, -fence.length)
      expect([...inner.matchAll(/`+/g)].every(([run]) => run.length < fence.length)).toBe(true)
      const [row] = markdownTable(['x'], [[code]])
        .split('\n')
        .slice(2)
      expect(row!.replaceAll('\\|', '').split('|')).toHaveLength(3)
    }),
  )
})
