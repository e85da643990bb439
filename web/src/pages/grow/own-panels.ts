/** Panels of generators that are nearly their plain form: the main settings first, the rest behind “More settings”. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { PanelProps } from './panels.ts'

export const ownPanels: Record<string, LazyExoticComponent<ComponentType<PanelProps>>> = {
  prompt: lazy(async () => ({ default: (await import('./prompt-panel.tsx')).PromptPanel })),
  records: lazy(async () => ({ default: (await import('./records-panel.tsx')).RecordsPanel })),
  simulation: lazy(async () => ({ default: (await import('./simulation-panel.tsx')).SimulationPanel })),
  'document-qa': lazy(async () => ({ default: (await import('./document-questions-panel.tsx')).QuestionsPanel })),
  'multiple-choice': lazy(async () => ({ default: (await import('./document-questions-panel.tsx')).ChoicesPanel })),
}
