/** Scrolling through more rows than a browser can stack: where the rows stand for a place of the scrollbar. */

export interface Geometry {
  count: number
  /** Pixels. */
  rowHeight: number
  /** Pixels of rows one sees at a time. */
  viewport: number
}

export interface Place {
  /** Where the scrollbar stands, in pixels. */
  scroll: number
  /** How far the rows are moved up, in pixels. */
  top: number
}

/** Browsers cut elements off somewhere above 16 million pixels. */
const mostPixels = 8_000_000

export function trackHeight({ count, rowHeight }: Geometry): number {
  return Math.min(count * rowHeight, mostPixels)
}

/**
 * The wheel, the arrows and a finger move the rows by as many pixels as the scrollbar moved; a jump, as by dragging it, goes to the
 * same share of the rows. The two drift apart: `settled` brings the scrollbar to its share once it rests, or before it runs out.
 */
export function scrolledTo(geometry: Geometry, from: Place, scroll: number): Place {
  const { topEnd, scrollEnd } = ends(geometry)
  if (topEnd === scrollEnd) return { scroll, top: scroll }
  const moved = scroll - from.scroll
  if (Math.abs(moved) > geometry.viewport * 1.5) return { scroll, top: (scroll / scrollEnd) * topEnd }
  const top = clamp(from.top + moved, topEnd)
  const spare = geometry.viewport
  if (scroll <= 0) return top <= spare ? { scroll: 0, top: 0 } : settled(geometry, top)
  if (scroll >= scrollEnd - 1)
    return topEnd - top <= spare ? { scroll: scrollEnd, top: topEnd } : settled(geometry, top)
  return { scroll, top }
}

/** The scrollbar at the share of the rows. */
export function settled(geometry: Geometry, top: number): Place {
  const { topEnd, scrollEnd } = ends(geometry)
  const place = clamp(top, topEnd)
  if (topEnd === scrollEnd) return { scroll: place, top: place }
  const scroll = Math.round((place / topEnd) * scrollEnd)
  const inside = Math.min(Math.max(scroll, 1), scrollEnd - 1)
  return { scroll: place === 0 ? 0 : place === topEnd ? scrollEnd : inside, top: place }
}

/** How far to move the rows so that one of them can be seen, with some rows around it. */
export function topToShow(geometry: Geometry, place: Place, row: number): number {
  const { rowHeight, viewport } = geometry
  const around = viewport > rowHeight * 5 ? rowHeight * 2 : 0
  const start = row * rowHeight
  if (start - around < place.top) return Math.max(0, start - around)
  const least = start + rowHeight + around - viewport
  return clamp(least > place.top ? least : place.top, ends(geometry).topEnd)
}

/** First and last row to draw, with `spare` more at either side. */
export function rowsAt({ count, rowHeight, viewport }: Geometry, top: number, spare: number): [number, number] {
  const first = Math.max(0, Math.floor(top / rowHeight) - spare)
  return [first, Math.min(count - 1, Math.ceil((top + viewport) / rowHeight) + spare)]
}

function ends(geometry: Geometry): { topEnd: number; scrollEnd: number } {
  const { count, rowHeight, viewport } = geometry
  return {
    topEnd: Math.max(0, count * rowHeight - viewport),
    scrollEnd: Math.max(0, trackHeight(geometry) - viewport),
  }
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(0, value), most)
}
