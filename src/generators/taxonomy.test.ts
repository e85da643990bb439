/** The generator `taxonomy`: what a plan finds, leaves out and refuses. */
import { expect, it } from 'vitest'
import { leaves, plannedTaxonomy, sections, treeFiles } from '../../test/taxonomy-tree.ts'
import { CultivarError } from '../model/error.ts'
import { project } from '../model/project.ts'
import { taxonomyMaterial } from './taxonomy/taxonomy-material.ts'

const qnaOf = (leaf: string) => `tree/${leaf}/qna.yaml`
const missing = (path: string) => new CultivarError('not-found', `There is no ${path}.`, 'Check it.')

it('has a cell for each leaf, 30 records each, with the pipeline of its kind and the passages of its documents', async () => {
  const { plan } = await plannedTaxonomy()
  expect(plan.cells).toEqual([leaves.grounded, leaves.freeform, leaves.knowledge])
  expect(plan).toMatchObject({ perUnit: 10, defaultTarget: 30 })
  expect(plan.targets).toBeUndefined()
  const { leaves: frozen, pipelines } = taxonomyMaterial(plan.material)
  expect(Object.values(frozen).map(({ pipeline }) => pipeline)).toEqual([
    'instructlab-full/grounded',
    'instructlab-full/freeform',
    'instructlab-full/knowledge',
  ])
  expect(Object.keys(pipelines)).toHaveLength(3)
  const { passages } = frozen[leaves.knowledge]!
  expect(passages.length).toBeGreaterThanOrEqual(sections.length)
  for (const { text, source } of passages) {
    expect(source.document).toBe('birds/wren.md')
    expect(treeFiles['birds/wren.md']!.slice(source.start, source.end)).toBe(text)
  }
  expect(frozen[leaves.freeform]!.passages).toEqual([])
  expect(plan.notes).toContain('3 leaves: 1 of free-form skill, 1 of grounded skill, 1 of knowledge.')
})

it('hands the seeds of skills to critics, with the context that they are about', async () => {
  const { plan } = await plannedTaxonomy()
  expect(Object.keys(plan.seeds!)).toEqual([leaves.grounded, leaves.freeform])
  expect(plan.seeds![leaves.freeform]).toHaveLength(5)
  expect(plan.seeds![leaves.grounded]![0]).toEqual({
    question: 'Could you say this in plain words?',
    answer: 'The cold committee will meet soon, whatever happens.',
    context: 'The cold committee shall convene at its earliest convenience, notwithstanding.',
  })
})

it('names malformed leaves and those whose documents cannot be had, and grows the others', async () => {
  const files = { ...treeFiles, [qnaOf(leaves.freeform)]: 'version: 3\nseed_examples: []\n' }
  const sources = { readRepository: () => Promise.reject(missing('repository')) }
  const { plan } = await plannedTaxonomy({}, { files, sources })
  expect(plan.cells).toEqual([leaves.grounded])
  const [skill, knowledge] = plan.notes
  expect(skill).toMatch(new RegExp(`^Left out ${leaves.freeform}: line \\d+: `))
  expect(knowledge).toBe(`Left out ${leaves.knowledge}: There is no repository. Check it.`)
})

it('does not hide what is no fault of a leaf', async () => {
  const broken = { readRepository: () => Promise.reject(new TypeError('a bug')) }
  await expect(plannedTaxonomy({}, { sources: broken })).rejects.toThrow('a bug')
})

it('refuses a taxonomy of which nothing can be grown, and says why of each leaf', async () => {
  const sources = { readRepository: () => Promise.reject(missing('repository')) }
  await expect(plannedTaxonomy({ leaves: ['knowledge/**'] }, { sources })).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining(`Left out ${leaves.knowledge}: There is no repository.`),
    hint: expect.stringContaining('documents'),
  })
  await expect(plannedTaxonomy({ taxonomy: 'elsewhere' })).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringContaining('compositional_skills/'),
  })
})

it('refuses a project whose records are texts', async () => {
  const texts = project.parse({ name: 'texts', kind: 'text' })
  await expect(plannedTaxonomy({}, { project: texts })).rejects.toMatchObject({
    code: 'bad-recipe',
    hint: expect.stringContaining('--kind records'),
  })
})

it('takes the leaves that match, or changed, and says what there is if none does', async () => {
  const { plan } = await plannedTaxonomy({ leaves: ['compositional_skills/**', 'knowledge/nothing'] })
  expect(plan.cells).toEqual([leaves.grounded, leaves.freeform])
  await expect(plannedTaxonomy({ leaves: ['knowledge'] })).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringContaining(leaves.knowledge),
  })

  const asked: string[] = []
  const changes = (paths: string[]) => ({
    listChanges: async (folder: string, since: string) => {
      asked.push(`${folder} ${since}`)
      return paths
    },
  })
  const changed = await plannedTaxonomy(
    { since: 'origin/main' },
    { sources: changes([`${leaves.freeform}/qna.yaml`, `${leaves.grounded}/attribution.txt`, 'README.md']) },
  )
  expect(changed.plan.cells).toEqual([leaves.freeform])
  expect(asked).toEqual(['tree origin/main'])
  await expect(plannedTaxonomy({ since: 'HEAD~1' }, { sources: changes([]) })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('since HEAD~1'),
  })
})

it('reads foundational skills only when told to', async () => {
  const path = 'foundational_skills/sums'
  const files = { [qnaOf(path)]: treeFiles[qnaOf(leaves.freeform)]! }
  await expect(plannedTaxonomy({}, { files })).rejects.toMatchObject({ hint: expect.stringContaining('foundational') })
  expect((await plannedTaxonomy({ foundational: true }, { files })).plan.cells).toEqual([path])
})

it('finds local documents in the leaf’s folder, else by its patterns under its repository’s name, else at the top', async () => {
  const repository = { readRepository: () => Promise.reject(missing('network')) }
  const documentsOf = async (files: Record<string, string>) => {
    const { plan } = await plannedTaxonomy(
      { documents: 'docs', leaves: ['knowledge/**'] },
      { files: { ...treeFiles, ...files }, sources: repository },
    )
    return [...new Set(taxonomyMaterial(plan.material).leaves[leaves.knowledge]!.passages.map(p => p.source.document))]
  }
  const top = { 'docs/a.md': 'Top.', 'docs/a.png': 'picture', 'docs/deep/b.md': 'Deep.', 'docs/c.txt': 'No pattern.' }
  const repo = { 'docs/birds/d.md': 'Repository.', 'docs/birds/deep/e.md': 'Deep.' }
  const own = { [`docs/${leaves.knowledge}/f.txt`]: 'Own.', [`docs/${leaves.knowledge}/deep/g.md`]: 'Own too.' }
  expect(await documentsOf(top)).toEqual(['a.md'])
  expect(await documentsOf({ ...top, ...repo })).toEqual(['birds/d.md'])
  expect(await documentsOf({ ...top, ...repo, ...own })).toEqual([
    `${leaves.knowledge}/deep/g.md`,
    `${leaves.knowledge}/f.txt`,
  ])
  await expect(documentsOf({ 'docs/c.txt': 'No pattern.' })).rejects.toMatchObject({
    message: expect.stringContaining(`none in ${leaves.knowledge}/, and none matches *.md`),
  })
})

it('takes a user’s pipelines, and refuses slots that it does not give', async () => {
  const pipeline = (slot: string) => `name: mine
summary: My own.
slots: [task, ${slot}]
stages:
  - write: pairs
    prompt: ask.md
    many: true
    fields: { question: a question, answer: its answer }
`
  const prompt = '---\nid: mine\nversion: 7\n---\n# system\nData is data.\n# user\n{{task}}\nWrite {{count}}.\n'
  const files = { ...treeFiles, 'own/ask.md': prompt, 'own/freeform.yaml': pipeline('topic') }
  const skills = { leaves: [leaves.freeform] }
  for (const chosen of ['own', 'own/', 'own/freeform.yaml']) {
    const { plan } = await plannedTaxonomy({ ...skills, pipeline: chosen }, { files })
    const { pipelines } = taxonomyMaterial(plan.material)
    expect(Object.keys(pipelines)).toEqual(['own/freeform.yaml'])
    expect(JSON.stringify(pipelines)).toContain('mine@7')
  }
  const wrong = { ...files, 'own/freeform.yaml': pipeline('weather') }
  await expect(plannedTaxonomy({ ...skills, pipeline: 'own' }, { files: wrong })).rejects.toMatchObject({
    code: 'bad-recipe',
    message: expect.stringContaining('“weather”'),
    hint: expect.stringContaining('passage'),
  })
})

it('changes the grades that judges keep, and refuses those of no judge or beyond its scale', async () => {
  const keptBy = async (keep: Record<string, number>, more = {}) => {
    const { plan } = await plannedTaxonomy({ keep, ...more })
    const stages = Object.values(taxonomyMaterial(plan.material).pipelines).flatMap(({ stages }) => stages)
    return stages.flatMap(stage => ('judge' in stage && stage.judge === 'pair-check' ? [stage.keep] : []))
  }
  expect(await keptBy({})).toEqual([2, 2])
  expect(await keptBy({ 'pair-check': 3, relevant: 1 })).toEqual([3, 3])
  expect(await keptBy({})).toEqual([2, 2])
  await expect(keptBy({ 'pair-check': 4 })).rejects.toMatchObject({ message: expect.stringContaining('3 at most') })
  await expect(keptBy({ nobody: 1 })).rejects.toMatchObject({ hint: expect.stringContaining('self-contained') })
  await expect(keptBy({ relevant: 1 }, { leaves: ['compositional_skills/**'] })).rejects.toThrow('“relevant”')
})
