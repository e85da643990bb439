/** Where a qna.yaml stands in a taxonomy. */

/** The folders whose leaves InstructLab reads. */
export const taxonomyFolders = ['compositional_skills', 'knowledge']
/** In InstructLab’s own taxonomy, though it is not read. */
export const foundationalFolder = 'foundational_skills'

export interface LeafPlace {
  /** The folders from the taxonomy folder down, or all there are if none of them is one; `/` between them. */
  path: string
  /** The taxonomy folder. */
  top?: string
  /** The file’s own name. */
  name: string
}

/** `path` has `/` between its parts. Of several taxonomy folders in it the last counts, as for InstructLab. */
export function leafPlace(path: string): LeafPlace {
  const parts = path.split('/')
  const name = parts.pop()!
  const at = parts.findLastIndex(part => taxonomyFolders.includes(part))
  const from = at >= 0 ? at : parts.indexOf(foundationalFolder)
  const top = parts[from]
  return { path: parts.slice(Math.max(from, 0)).filter(Boolean).join('/'), name, ...(top !== undefined && { top }) }
}
