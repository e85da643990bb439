/** Listens for the page's keys, and carries them out one after another in the order they were pressed. */
import { useEffect, useRef } from 'react'
import { actOf, type KeyAct } from './key-bindings.ts'

export type KeyHandlers = Record<KeyAct, (key: string) => void | Promise<void>>

/**
 * One that must wait, as for rows that are being loaded, holds up those after it: what was pressed is never lost, and never meant for
 * another record.
 */
export function useKeys(handlers: KeyHandlers): void {
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(() => {
    const pressed: { act: KeyAct; key: string }[] = []
    let isBusy = false
    const carryOut = async () => {
      if (isBusy) return
      isBusy = true
      try {
        for (let next = pressed.shift(); next; next = pressed.shift()) {
          const waiting = latest.current[next.act](next.key)
          if (waiting) await waiting
        }
      } finally {
        isBusy = false
        pressed.length = 0
      }
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !isForPage(event)) return
      const found = actOf(event)
      if (!found) return
      event.preventDefault()
      pressed.push(found)
      void carryOut()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}

const typed = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]'
const ownKeys = '[role=menu], [role=listbox], [role=dialog], [role=alertdialog]'

/** Whether the key is not one of a field, a menu or another control that has the focus. */
function isForPage({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return true
  if (target.closest(typed)) return false
  const own = target.closest(ownKeys)
  if (own && !own.querySelector('[data-record-panel]')) return false
  if (target.closest('[role=radiogroup]')) return /^[^ ]$/.test(key)
  const isPressed = key === 'Enter' || key === ' '
  if (isPressed && target.closest('a, button, summary, [role=button], [role=checkbox], input')) return false
  return true
}
