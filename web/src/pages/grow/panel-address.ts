/** What the address asks a panel to begin with: `?records=a,b`, `?label=refund`, `?trial=3f2a`. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

type Name = 'records' | 'label' | 'trial'

/** Taken out of the address once it is begun with, so that a reload keeps what was changed since. */
export function useAddress(name: Name): { value: string | undefined; set: (value: string | undefined) => void } {
  const search = useSearch({ from: '/shell/p/$project/grow/$generator' })
  const navigate = useNavigate({ from: '/p/$project/grow/$generator' })
  const set = useCallback(
    (value: string | undefined) =>
      void navigate({ search: known => ({ ...known, [name]: value }), replace: true, resetScroll: false }),
    [navigate, name],
  )
  return { value: search[name], set }
}
