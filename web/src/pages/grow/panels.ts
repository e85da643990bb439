/** The hand-made panels, by the generator whose parameters they edit; other generators get the plain form. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

export interface PanelProps {
  project: string
  /** The very object that the recipe holds, without defaults filled in. */
  params: Record<string, unknown>
  onChange: (params: Record<string, unknown>) => void
  /** Of the recipe, with paths below `params`, such as `templates.0.text`. */
  problems: { path: string; message: string }[]
  /** The recipe’s target: a number, or a number by cell. Absent where the generator plans it. */
  target?: unknown
  onTarget?: (target: unknown) => void
}

export const panels: Record<string, LazyExoticComponent<ComponentType<PanelProps>>> = {
  'few-shot': lazy(async () => ({ default: (await import('./multiply-panel.tsx')).MultiplyPanel })),
  templatic: lazy(async () => ({ default: (await import('./templates-mined-panel.tsx')).MinedTemplatesPanel })),
  template: lazy(async () => ({ default: (await import('./templates-panel.tsx')).TemplatesPanel })),
  table: lazy(async () => ({ default: (await import('./table-panel.tsx')).TablePanel })),
  taxonomy: lazy(async () => ({ default: (await import('./taxonomy-panel.tsx')).TaxonomyPanel })),
  augment: lazy(async () => ({ default: (await import('./augment-panel.tsx')).AugmentPanel })),
}
