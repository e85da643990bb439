/** Colours of labels, seen on light and dark. */
import { expect, it } from 'vitest'
import { labelColour } from './label-colours.ts'

const labels = Array.from({ length: 77 }, (_, at) => `label ${at}`)

it('gives each of 77 labels a colour that is seen on white and on the dark scheme', () => {
  for (const label of labels) {
    const seen = luminance(labelColour(label, { labels }))
    expect(1.05 / (seen + 0.05)).toBeGreaterThanOrEqual(3)
    expect((seen + 0.05) / (luminance('#242424') + 0.05)).toBeGreaterThanOrEqual(3)
  }
})

it('gives different labels different colours, by place, and keeps the one that was chosen', () => {
  expect(new Set(labels.map(label => labelColour(label, { labels }))).size).toBe(77)
  expect(labelColour('b', { labels: ['a', 'b'], colours: { b: '#123456' } })).toBe('#123456')
  expect(labelColour('a', { labels: ['a', 'b'] })).toBe(labelColour('x', { labels: ['x', 'y'] }))
})

it('gives a label of no list always the same colour, whatever it is called', () => {
  for (const label of ['', '__proto__', 'constructor', '\u{1f600}', 'وسم']) {
    expect(labelColour(label, { labels: [], colours: {} })).toMatch(/^#[0-9a-f]{6}$/)
    expect(labelColour(label, { labels: [] })).toBe(labelColour(label, { labels: [], colours: {} }))
  }
})

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
