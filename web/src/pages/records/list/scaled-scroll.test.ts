/** Scrolling through more rows than a browser can stack. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Place, rowsAt, scrolledTo, settled, topToShow, trackHeight } from './scaled-scroll.ts'

const million = { count: 1_000_000, rowHeight: 44, viewport: 700 }
const scrollEnd = trackHeight(million) - million.viewport
const start: Place = { scroll: 0, top: 0 }

it('keeps few rows as they are', () => {
  const few = { ...million, count: 500 }
  expect(trackHeight(few)).toBe(22_000)
  expect(scrolledTo(few, start, 1234)).toEqual({ scroll: 1234, top: 1234 })
})

it('shows the middle rows where the bar is dragged to the middle', () => {
  const { top } = scrolledTo(million, start, scrollEnd / 2)
  const [first, last] = rowsAt(million, top, 0)
  expect(first).toBeGreaterThan(499_900)
  expect(last).toBeLessThan(500_100)
})

it('reaches the first and the last row by dragging and by the wheel', () => {
  const end = scrolledTo(million, start, scrollEnd)
  expect(rowsAt(million, end.top, 0)[1]).toBe(999_999)
  expect(scrolledTo(million, { scroll: 5000, top: 22_000 }, 0)).toEqual(start)
  let place = settled(million, 60_000)
  for (let turns = 0; place.top > 0 && turns < 1000; turns++)
    place = scrolledTo(million, place, Math.max(0, place.scroll - 120))
  expect(place).toEqual(start)
})

it('moves the rows by as many pixels as the wheel turned, from wherever it begins', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2000, max: 43_000_000 }), fc.integer({ min: -900, max: 900 }), (top, turned) => {
      const from = settled(million, top)
      expect(scrolledTo(million, from, from.scroll + turned).top).toBeCloseTo(from.top + turned, 3)
    }),
  )
})

it('brings any row into view', () => {
  fc.assert(
    fc.property(fc.nat(999_999), fc.nat(43_000_000), (row, top) => {
      const shown = topToShow(million, settled(million, top), row)
      expect(row * 44).toBeGreaterThanOrEqual(shown)
      expect(row * 44 + 44).toBeLessThanOrEqual(shown + million.viewport)
    }),
  )
})
