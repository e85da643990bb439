/** What a page keeps in its address: filters and selections, checked by a schema that never fails. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { z } from 'zod'

/** Each member of the schema has a `.catch`, so that an address typed by hand shows something. Undefined members leave the address. */
export function usePageSearch<S extends z.ZodObject>(schema: S): [z.output<S>, (change: Partial<z.output<S>>) => void] {
  const raw = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const change = (changed: Partial<z.output<S>>) =>
    void navigate({
      to: '.',
      search: ((known: Record<string, unknown>) => ({ ...known, ...changed })) as never,
      replace: true,
      resetScroll: false,
    })
  return [schema.parse(raw), change]
}
