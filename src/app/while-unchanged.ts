/** What takes reading all records of a project, kept until the project changes. */
import type { StoredProject } from '../stores/project-queries.ts'
import type { WorkspaceStore } from '../stores/workspace-store.ts'

interface Kept {
  stamp: string
  value: Promise<unknown>
}

const keptByStore = new WeakMap<WorkspaceStore, Map<string, Kept>>()

/** `make` is asked again once a record was added or decided on, a run went on, or the settings were changed. */
export async function whileUnchanged<T>(
  store: WorkspaceStore,
  stored: StoredProject,
  name: string,
  make: () => Promise<T>,
): Promise<T> {
  const kept = keptByStore.get(store) ?? new Map<string, Kept>()
  keptByStore.set(store, kept)
  const key = `${stored.project.name}\0${name}`
  // Read before the records: what changes meanwhile has another stamp.
  const stamp = JSON.stringify([stored, await store.lastChangeMs(stored.project.name)])
  const known = kept.get(key)
  if (known?.stamp === stamp) return known.value as Promise<T>
  const value = make()
  kept.set(key, { stamp, value })
  value.catch(() => kept.delete(key))
  return value
}
