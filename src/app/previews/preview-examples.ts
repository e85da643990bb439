/** The examples that `few-shot` would show a teacher: those chosen, and what it finds beside them. */
import type { BoundaryMaterial } from '../../generators/few-shot/few-shot-boundary.ts'
import type { FewShotMaterial } from '../../generators/few-shot/few-shot-material.ts'
import type { FewShotParams } from '../../generators/few-shot/few-shot-params.ts'
import type { WrongMaterial } from '../../generators/few-shot/few-shot-wrong.ts'
import type { ExamplesPreview, ShownText } from '../../model/api/previews.ts'
import type { Workspace } from '../workspace.ts'
import { type PreviewChoice, planPreview } from './plan-preview.ts'

type ShownCell = ExamplesPreview['cells'][number]

/** Mistakes that are shown of a label. */
const mostMistakes = 20

/** Throws what `planPreview` throws. */
export async function previewExamples(workspace: Workspace, choice: PreviewChoice): Promise<ExamplesPreview> {
  const { params, plan } = await planPreview(workspace, 'few-shot', choice)
  const shown = { more: shownMore, boundary: shownBoundary, wrong: shownWrong }[params.mode]
  return { cells: shown(plan.material as never, params), notes: plan.notes }
}

/** Each call takes one anchor in turn; what is shown here is what all of them find, the nearest of each first. */
function shownMore({ seeds, cells }: FewShotMaterial, { similar, contrast }: FewShotParams): ShownCell[] {
  return Object.entries(cells).map(([label, { chosen, anchors }]) => {
    const starts = chosen.length > 0 ? anchors : anchors.slice(0, 1)
    const examples = chosen.length > 0 ? chosen : starts.map(({ seed }) => seed)
    const found = (lists: number[][], most: number) =>
      inTurn(lists)
        .filter(place => !examples.includes(place))
        .slice(0, Math.max(0, most))
        .map(place => seeds[place]!)
    return {
      label,
      examples: examples.map(place => seeds[place]!),
      like: found(
        starts.map(anchor => anchor.similar),
        similar - (examples.length - 1),
      ),
      unlike: found(
        starts.map(anchor => anchor.contrast),
        contrast,
      ),
    }
  })
}

/** Texts of either label nearest to the other; what is like one is unlike the other. */
function shownBoundary({ seeds, sides }: BoundaryMaterial, { similar, contrast }: FewShotParams): ShownCell[] {
  const nearest = (label: string) => sides[label]!.stretches[0]!.map(place => seeds[place]!)
  return Object.keys(sides).map((label, at, labels) => ({
    label,
    examples: [],
    like: nearest(label).slice(0, Math.max(1, similar)),
    unlike: nearest(labels[1 - at]!).slice(0, contrast),
  }))
}

function shownWrong({ seeds, cells }: WrongMaterial, { similar, contrast }: FewShotParams): ShownCell[] {
  return Object.entries(cells).map(([label, { anchors }]) => {
    const shown = anchors.slice(0, mostMistakes)
    const [first] = anchors
    return {
      label,
      examples: shown.map(({ seed, predicted }): ShownText => ({ ...seeds[seed]!, predicted })),
      like: (first?.easy ?? []).slice(0, similar).map(place => seeds[place]!),
      unlike: (first?.contrast ?? []).slice(0, contrast).map(place => seeds[place]!),
    }
  })
}

/** The first of each list, then the second of each, no place twice. */
function inTurn(lists: number[][]): number[] {
  const longest = Math.max(0, ...lists.map(list => list.length))
  const turns = Array.from({ length: longest }, (_, at) => lists.flatMap(list => list[at] ?? []))
  return [...new Set(turns.flat())]
}
