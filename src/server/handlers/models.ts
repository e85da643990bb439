/** Models: what the endpoints of `src/model/api/models.ts` do. */
import { inThread } from '../../app/in-thread.ts'
import { shownDifference } from '../../app/models/shown-figures.ts'
import { shownModel, shownModelTest, shownProof } from '../../app/models/shown-model.ts'
import {
  checkModelName,
  findModel,
  listModels,
  loadModel,
  readModelReport,
  removeModel,
} from '../../app/models/stored-models.ts'
import { listProofs } from '../../app/models/stored-proofs.ts'
import { requireProject } from '../../app/projects.ts'
import type { modelEndpoints } from '../../model/api/models.ts'
import { predictionOf } from '../../targets/model.ts'
import type { Handlers } from '../handler.ts'
import { tellingStages } from '../telling-stages.ts'

export const modelHandlers: Handlers<typeof modelEndpoints> = {
  listModels: async ({ workspace }, { params: { project } }) => {
    await requireProject(workspace, project)
    const own = (await listModels(workspace)).filter(model => model.project === project)
    const listed = await Promise.all(
      own.map(async facts => {
        const report = await readModelReport(workspace, facts)
        return { ...shownModel(facts), figures: report ? shownModelTest(report.test).figures : null }
      }),
    )
    return listed.sort((a, b) => b.createdMs - a.createdMs)
  },
  previewTraining: async ({ workspace, signal }, { params: { project }, query: { realOnly, seed, ...split } }) => {
    await requireProject(workspace, project)
    return inThread(workspace, 'previewTraining', { project, realOnly, split: { ...split, seed } }, { signal })
  },
  trainModel: async ({ workspace, jobs }, { params: { project }, body }) => {
    await requireProject(workspace, project)
    const name = body.name ?? project
    checkModelName(name)
    return jobs.start({ kind: 'train', project, title: `Training of ${name}` }, control =>
      inThread(workspace, 'train', { project, ...body }, tellingStages(control)),
    )
  },
  showModel: async ({ workspace }, { params }) => {
    const facts = await findModel(workspace, params.model)
    const report = await readModelReport(workspace, facts)
    return {
      model: shownModel(facts),
      test: report ? shownModelTest(report.test) : null,
      learningCurve: report?.learningCurve ?? [],
      warnings: report?.warnings ?? [],
    }
  },
  testModel: async ({ workspace, jobs }, { params }) => {
    const { name, version, project } = await findModel(workspace, params.model)
    const model = `${name}@${version}`
    return jobs.start({ kind: 'test', project, title: `Test of ${model}` }, control =>
      inThread(workspace, 'test', { model }, tellingStages(control)),
    )
  },
  predictTexts: async ({ workspace }, { params, body: { texts } }) => {
    const model = await loadModel(workspace, await findModel(workspace, params.model))
    return texts.map(text => {
      const { labels, scores = [], entities } = predictionOf(model, text)
      return {
        text,
        labels: labels.map(({ label }) => label),
        scores: scores.map(({ label, score = 0 }) => ({ label, score })),
        entities: entities.map(({ score, ...entity }) => ({ ...entity, score: score ?? null })),
      }
    })
  },
  compareVersions: async ({ workspace, signal }, { params, query }) => {
    const versions = { before: query.with, after: params.model }
    const { figures, labels, ...rest } = await inThread(workspace, 'compareVersions', versions, { signal })
    const shown = <T extends { difference: Parameters<typeof shownDifference>[0] }>(each: T) => ({
      ...each,
      difference: shownDifference(each.difference),
    })
    return { ...rest, figures: figures.map(shown), labels: labels.map(shown) }
  },
  removeModel: async ({ workspace }, { params }) => {
    const removed = await removeModel(workspace, params.model)
    return { removed: removed.map(({ name, version }) => `${name}@${version}`) }
  },
  proveModel: async ({ workspace, jobs }, { params: { project }, body }) => {
    await requireProject(workspace, project)
    return jobs.start({ kind: 'prove', project, title: `Proof of ${project}` }, control =>
      inThread(workspace, 'prove', { project, ...body }, tellingStages(control)),
    )
  },
  listProofs: async ({ workspace }, { params: { project } }) => {
    await requireProject(workspace, project)
    return (await listProofs(workspace, project)).map(shownProof)
  },
}
