/** What templates would make: how many records, where their values come from, and some of them filled. */
import type { Proposal } from '../../engine/define.ts'
import type { TemplaticMaterial } from '../../generators/templatic/plan-templatic.ts'
import type { TemplaticParams } from '../../generators/templatic/templatic-params.ts'
import type { TemplatesPreview } from '../../model/api/previews.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { compileTemplates } from '../../text/template.ts'
import type { TemplateSet } from '../../text/template-set.ts'
import type { Workspace } from '../workspace.ts'
import { type PlannedPreview, type PreviewChoice, planPreview } from './plan-preview.ts'

type Shown = Pick<TemplatesPreview, 'cells' | 'slots'>

const samplesShown = 5
const valuesShown = 5

/** Throws what `planPreview` throws. */
export async function previewTemplates(
  workspace: Workspace,
  generator: 'template' | 'templatic',
  choice: PreviewChoice,
): Promise<TemplatesPreview> {
  return generator === 'templatic'
    ? previewOf(await planPreview(workspace, generator, choice), shownMined, choice.seed)
    : previewOf(await planPreview(workspace, generator, choice), shownTyped, choice.seed)
}

async function previewOf<P extends object>(
  planned: PlannedPreview<P>,
  shown: (planned: PlannedPreview<P>) => Shown,
  seed: number,
): Promise<TemplatesPreview> {
  const { cells, slots } = shown(planned)
  const sum = (of: (cell: Shown['cells'][number]) => number) => cells.reduce((total, cell) => total + of(cell), 0)
  return {
    cells,
    expected: sum(({ expected }) => expected),
    possible: sum(({ possible }) => possible),
    slots,
    samples: await samplesOf(planned, seed),
    notes: planned.plan.notes,
  }
}

function shownMined({ params, plan }: PlannedPreview<TemplaticParams>): Shown {
  const { templates, results, extra } = params
  const material = plan.material as TemplaticMaterial
  return {
    cells: plan.cells.map((cell, at) => ({
      cell,
      text: material.templates[cell]!.text,
      mined: at >= templates.length,
      expected: results * (1 + extra),
      possible: plan.targets?.[cell] ?? 0,
    })),
    slots: Object.entries(material.slots).map(([slot, { label, texts, records }]) => {
      const given = records.filter(record => record === null).length
      return { slot, label, given, found: texts.length - given, values: texts.slice(0, valuesShown) }
    }),
  }
}

function shownTyped({ params, plan }: PlannedPreview<TemplateSet>): Shown {
  const { slots } = params
  const { compiled } = compileTemplates(params)
  const ways = [...(compiled?.cells.values() ?? [])].map(cell => Number(cell.ways))
  return {
    cells: plan.cells.map((cell, at) => ({ cell, mined: false, expected: 0, possible: ways[at] ?? 0 })),
    slots: Object.entries(slots).map(([slot, given]) => {
      const { values, entity = null } = Array.isArray(given) ? { values: given } : given
      const texts = values.map(value => String(typeof value === 'object' ? value.value : value))
      return { slot, label: entity, given: texts.length, found: 0, values: texts.slice(0, valuesShown) }
    }),
  }
}

/** A few of what the run makes first, from as many cells as there is room for. */
async function samplesOf<P extends object>({ generator, params, project, plan }: PlannedPreview<P>, seed: number) {
  const { cells, material } = plan
  const step = Math.max(1, cells.length / samplesShown)
  const chosen = cells.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step)).slice(0, samplesShown)
  const samples: TemplatesPreview['samples'] = []
  for (const [at, cell] of chosen.entries()) {
    const asks = Math.floor(samplesShown / chosen.length) + (at < samplesShown % chosen.length ? 1 : 0)
    const proposals: Proposal[] = await generator.propose({
      ...{
        params: { ...params, ...('extra' in params && { extra: 0 }) },
        material,
        project,
        cell,
        cellOrdinal: 0,
        asks,
      },
      feedback: { kept: [], disliked: [] },
      random: randomStream(`${seed}`).fork(`sample ${cell}`),
      ask: () => Promise.reject(new Error('A preview asks nobody.')),
    })
    for (const { fields = {}, labels = [], spans = [] } of proposals) samples.push({ cell, fields, labels, spans })
  }
  return samples
}
