/** Recipes being made: each survives a reload of its page, in this window alone. */
import { useRef, useState } from 'react'

export type Written = Record<string, unknown>

export interface Draft {
  recipe: Written
  /** The text it was opened from, whose comments and order stay. */
  yaml?: string
}

const formKey = (project: string, kind: string) => `cultivar-draft/${project}/${kind}`
const declarationKey = (project: string) => `cultivar-declaration/${project}`
const textKey = (project: string) => `cultivar-recipe/${project}`

/** The draft of a generator’s form; `begin` makes one where there is none. `fresh`: makes one in any case. */
export function useDraft(
  project: string,
  kind: string,
  begin: () => Draft,
  fresh: boolean,
): [Draft, (change: (recipe: Written) => Written) => void] {
  const [draft, setDraft] = useState(() => {
    const kept = fresh ? undefined : read(formKey(project, kind))
    const first = kept === undefined ? begin() : (JSON.parse(kept) as Draft)
    if (fresh) keepDraft(project, kind, first)
    return first
  })
  // Two changes of one event build on each other.
  const latest = useRef(draft)
  return [
    draft,
    change => {
      latest.current = { ...latest.current, recipe: change(latest.current.recipe) }
      setDraft(latest.current)
      keepDraft(project, kind, latest.current)
    },
  ]
}

export function keepDraft(project: string, kind: string, draft: Draft): void {
  write(formKey(project, kind), JSON.stringify(draft))
}

export function readRecipeText(project: string): string | undefined {
  return read(textKey(project))
}

export function keepRecipeText(project: string, yaml: string): void {
  write(textKey(project), yaml)
}

/** The text that a table was declared by, with its comments. */
export function readKeptDeclaration(project: string): string | undefined {
  return read(declarationKey(project))
}

export function keepDeclaration(project: string, text: string): void {
  write(declarationKey(project), text)
}

function read(key: string): string | undefined {
  return sessionStorage.getItem(key) ?? undefined
}

/** A browser that has no room left keeps the earlier draft; the page itself still holds this one. */
function write(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}
