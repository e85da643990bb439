/** Gives the list what is left of the window below what stands above it. */
import { type RefObject, useLayoutEffect } from 'react'

export function useListHeight(layout: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = layout.current
    if (!element) return
    const adjust = () => {
      const top = Math.round(element.getBoundingClientRect().top + scrollY)
      element.style.setProperty('--records-height', `calc(100dvh - ${top}px - 1rem)`)
    }
    adjust()
    const observer = new ResizeObserver(adjust)
    if (element.parentElement) observer.observe(element.parentElement)
    addEventListener('resize', adjust)
    return () => {
      observer.disconnect()
      removeEventListener('resize', adjust)
    }
  }, [layout])
}
