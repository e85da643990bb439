/** Keys of a running model: Space, → and R. */
import { type RefObject, useEffect, useRef } from 'react'

interface Shortcuts {
  play: () => void
  step: () => void
  reset: () => void
}

/** They mean something else to whoever types, slides or chooses. */
const ownKeys =
  'input, textarea, select, [contenteditable], [role=slider], [role=combobox], [role=option], [role=menuitem]'
const activated = 'button, a, summary'

/**
 * Space and → act where nothing else has the focus, or something in `root`. A letter acts within `root` alone (WCAG 2.1.4).
 */
export function useShortcuts(root: RefObject<HTMLElement | null>, shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const { target } = event
      if (!(target instanceof Element) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
        return
      const within = root.current?.contains(target) ?? false
      // A click beside everything gives the focus to what is around.
      if ((!within && !target.contains(root.current)) || target.closest(ownKeys)) return
      if (event.key === ' ' && !target.closest(activated)) latest.current.play()
      else if (event.key === 'ArrowRight') latest.current.step()
      else if (event.key.toLowerCase() === 'r' && within) latest.current.reset()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', act)
    return () => window.removeEventListener('keydown', act)
  }, [root])
}
