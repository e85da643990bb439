/** Offsets and escapes of the Markdown written of blocks. */
import { expect, it } from 'vitest'
import type { Block } from './layout.ts'
import type { Line } from './lines.ts'
import { toMarkdown } from './to-markdown.ts'

function paragraph(page: number, ...texts: string[]): Block {
  const style = { bold: false, italic: false, mono: false }
  const place = { left: 0, right: 100, y: 100, size: 10, bold: false, mono: false }
  const lines = texts.map((text): Line => ({ page, text, spans: [{ text, ...style }], ...place }))
  return { kind: 'paragraph', lines, isApart: true, isFirst: true }
}

it('says where pages begin in the composed text', () => {
  const { markdown, pages } = toMarkdown(
    [paragraph(1, 'Cafe\u0301.'), paragraph(2, 'E\u0301te\u0301.'), paragraph(4, 'End.')],
    5,
  )
  expect(markdown).toBe('Café.\n\nÉté.\n\nEnd.')
  expect(pages.map(start => markdown.slice(start))).toEqual([markdown, 'Été.\n\nEnd.', 'End.', 'End.', ''])
})

it('joins words parted by a soft hyphen, and leaves none', () => {
  const { markdown } = toMarkdown([paragraph(1, 'It is docu\u00ad', 'mentation with a soft\u00adness.')], 1)
  expect(markdown).toBe('It is documentation with a softness.')
})

it('escapes what would begin a block', () => {
  for (const text of ['# 1', '> quoted', '- said he', '1. August', '---', '| a']) {
    const { markdown } = toMarkdown([paragraph(1, text)], 1)
    expect(markdown.replace('\\', '')).toBe(text)
    expect(markdown).toContain('\\')
  }
})
