/** Which rows of a tall list one sees, kept as one scrolls. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Geometry, type Place, rowsAt, scrolledTo, settled, topToShow } from './scaled-scroll.ts'

/** Rows drawn beyond those one sees. */
const spareRows = 12
/** Once the scrollbar rests this long, it goes to its share. */
const restMs = 160

interface ScaledScroll {
  first: number
  last: number
  /** Where the first drawn row stands in the track, in pixels. */
  offset: number
  show: (row: number) => void
}

export function useScaledScroll(element: RefObject<HTMLElement | null>, geometry: Geometry): ScaledScroll {
  const [place, setPlace] = useState<Place>({ scroll: 0, top: 0 })
  const now = useRef({ place, geometry })
  now.current.geometry = geometry
  const go = useCallback(
    (to: Place) => {
      now.current.place = to
      if (element.current && element.current.scrollTop !== to.scroll) element.current.scrollTop = to.scroll
      setPlace(to)
    },
    [element],
  )
  useEffect(() => {
    const box = element.current
    if (!box) return
    let rest: ReturnType<typeof setTimeout> | undefined
    const onScroll = () => {
      const { place: from, geometry: at } = now.current
      if (Math.abs(box.scrollTop - from.scroll) >= 1) go(scrolledTo(at, from, box.scrollTop))
      clearTimeout(rest)
      rest = setTimeout(() => {
        // Moved already, its event still to come: to settle now would take a jump back.
        if (Math.abs(box.scrollTop - now.current.place.scroll) >= 1) return
        go(settled(now.current.geometry, now.current.place.top))
      }, restMs)
    }
    box.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      clearTimeout(rest)
      box.removeEventListener('scroll', onScroll)
    }
  }, [element, go])
  const { count, rowHeight, viewport } = geometry
  // biome-ignore lint/correctness/useExhaustiveDependencies: fewer or other rows must not leave the list beyond its end
  useLayoutEffect(() => {
    const { place: at, geometry: all } = now.current
    const back = settled(all, at.top)
    if (back.top !== at.top) go(back)
  }, [count, rowHeight, viewport])
  const [first, last] = rowsAt(geometry, place.top, spareRows)
  const show = useCallback(
    (row: number) => {
      const { place: at, geometry: all } = now.current
      const top = topToShow(all, at, row)
      if (top !== at.top) go(settled(all, top))
    },
    [go],
  )
  return { first, last, offset: first * rowHeight + place.scroll - place.top, show }
}
