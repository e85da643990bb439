/** The formats of this workspace, those of plug-ins among them, as people choose one. */
import { lostParts } from '../formats/export-notes.ts'
import type { Workspace } from './workspace.ts'

export interface FormatFacts {
  kind: string
  summary: string
  extensions: string[]
  isWhole: boolean
  /** Parts of a record that it cannot hold, in words. */
  loses: string[]
  needsTemplate: boolean
}

export function listFormats({ plugins }: Workspace): FormatFacts[] {
  return plugins.formats.map(format => {
    const { kind, summary, extensions, isWhole } = format
    return { kind, summary, extensions, isWhole, loses: lostParts(format), needsTemplate: kind === 'lines' }
  })
}
