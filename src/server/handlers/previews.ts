/** What hand-made panels show while parameters are chosen. */
import { originalsOfRun, setAside } from '../../app/improve/originals.ts'
import { trialAugmentation } from '../../app/improve/trial-augmentation.ts'
import { previewAugmentation } from '../../app/previews/preview-augmentation.ts'
import { previewExamples } from '../../app/previews/preview-examples.ts'
import { previewTemplates } from '../../app/previews/preview-templates.ts'
import { storePredictions } from '../../app/previews/store-predictions.ts'
import { grownTaxonomy, taxonomyLeaf, workspaceTaxonomies } from '../../app/taxonomy/workspace-taxonomies.ts'
import type { previewEndpoints } from '../../model/api/previews.ts'
import type { Handlers } from '../handler.ts'

export const previewHandlers: Handlers<typeof previewEndpoints> = {
  previewExamples: ({ workspace }, { params, body }) => previewExamples(workspace, { ...params, ...body }),
  storePredictions: async ({ workspace, uploads }, { params, body }) =>
    storePredictions(workspace, params.project, await uploads.find(body.upload)),
  previewTemplates: ({ workspace }, { params, body: { generator, ...choice } }) =>
    previewTemplates(workspace, generator, { ...params, ...choice }),
  listTaxonomies: ({ workspace }) => workspaceTaxonomies(workspace),
  showTaxonomy: ({ workspace }, { params, query }) => grownTaxonomy(workspace, { ...params, ...query }),
  showLeaf: ({ workspace }, { query }) => taxonomyLeaf(workspace, query),
  previewAugmentation: ({ workspace }, { params, body }) => previewAugmentation(workspace, { ...params, ...body }),
  augmentationOfTrial: ({ workspace }, { params, body }) => trialAugmentation(workspace, { ...params, ...body }),
  showOriginals: async ({ workspace }, { params: { project, run } }) => {
    const { inplace, transformed, ...rest } = await originalsOfRun(workspace, project, run)
    return { ...rest, inplace: inplace.length, transformed: transformed?.length ?? null }
  },
  setOriginalsAside: async ({ workspace, person }, { params: { project, run }, body: { mode } }) => {
    const records = (await originalsOfRun(workspace, project, run))[mode] ?? []
    const { decided } = await setAside(workspace, project, records, person.name)
    return { setAside: records.length, decisions: decided }
  },
}
