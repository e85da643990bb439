/** InstructLab’s files, read by a reader that knows their shapes and forgives nothing. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { type GrownRecord, growTaxonomyRun, leafMaterial } from '../../../test/taxonomy-run.ts'
import { temporaryFolder, temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { createProject } from '../projects.ts'
import { exportInstructlab, type InstructlabOptions } from './export-instructlab.ts'

const synonyms = leafMaterial('compositional_skills/linguistics/synonyms')
const extraction = leafMaterial('compositional_skills/grounded/extraction', { kind: 'grounded' })
const unfruitful = leafMaterial('compositional_skills/unfruitful')
const passages = [0, 1, 2, 3, 4, 5].map(at => ({
  text: `Passage ${at} \u2028 “of” stars`,
  source: { document: 'stars.md', start: at * 100, end: at * 100 + 90, headings: ['Stars'] },
}))
const stars = leafMaterial('knowledge/science/stars', {}, passages)
const leaves = [synonyms, extraction, unfruitful, stars]

const freeform = [0, 1, 2].map(
  (at): GrownRecord => ({ cell: synonyms.leaf.path, fields: { question: `Word ${at}?`, answer: `Other ${at}` } }),
)
const grounded: GrownRecord = {
  cell: extraction.leaf.path,
  fields: { question: 'Who?', answer: 'Eve', context: 'Eve was here.' },
}
/** Two questions about each passage as it is, one about its spelling-checked variant. */
const knowledge = passages.flatMap(({ text, source }, at): GrownRecord[] => {
  const record = (number: number, context: string, variant: string): GrownRecord => ({
    cell: stars.leaf.path,
    fields: { question: `Question ${at}.${number}?`, answer: `Answer ${at}.${number}`, context, variant, source },
  })
  const spelled = `${text}, spelled`
  const variants = [record(2, spelled, 'spellcheck'), record(3, spelled, 'spellcheck')]
  return [record(0, text, 'base_document'), record(1, text, 'base_document'), ...(at < 5 ? variants : [])]
})
const records = [...freeform, grounded, ...knowledge]

async function grown(own: GrownRecord[] = records) {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'tree', kind: 'records' })
  await growTaxonomyRun(workspace.runs, { project: 'tree', id: 'aaaa000000' }, leaves, own)
  const out = join(temporaryFolder(), 'data')
  const write = (options: Partial<InstructlabOptions> = {}) =>
    exportInstructlab(workspace, { project: 'tree', out, date, systemPrompt: 'Be exact.', ...options })
  const rows = (name: string) =>
    readFileSync(join(out, name), 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line))
  return { workspace, out, write, rows }
}

const date = '2026-01-31T12_00_00'
const said = z.string().min(1)
const json = <T extends z.ZodType>(shape: T) =>
  z
    .string()
    .transform(text => JSON.parse(text))
    .pipe(shape)
const message = <R extends string>(role: R) => z.strictObject({ role: z.literal(role), content: said })
const [system, user, assistant] = [message('system'), message('user'), message('assistant')]
const uuid = z.uuid({ version: 'v5' })
const question = z.strictObject({
  ...{ sdg_document: said, domain: z.literal('astronomy'), dataset: z.literal('document_knowledge_qa') },
  ...{ raw_document: said, dataset_type: z.enum(['base_document', 'spellcheck']) },
})
const raft = question.extend({ dataset: z.literal('document_knowledge_qa_raft_p0.4') })
const auxiliary = z.strictObject({
  ...{ dataset_type: z.literal('spellcheck'), raw_document: said, dataset: z.literal('document_spellcheck') },
  domain: z.literal('astronomy'),
})
const skillColumns = {
  ...{ task_description: said, leaf_node_type: z.enum(['freeform_skill', 'grounded_skill']), question: said },
  ...{ leaf_node_path: said, taxonomy_path: said, response: said, record: said, context: said.optional() },
}
const row = <M extends z.ZodType, T extends z.ZodType>(messages: M, metadata: T, unmask: boolean) =>
  z.strictObject({ id: uuid, messages, metadata: json(metadata), unmask: z.literal(unmask) })
const plain = z.tuple([user, assistant])
const opened = z.tuple([system, user, assistant])
const leafTypes = { leaf_node_type: said, leaf_node_path: said, taxonomy_path: said }

const skillSample = z.strictObject({
  ...{ task_description: said, seed_question: said, seed_response: said, seed_context: said.optional() },
  ...leafTypes,
})
const three = (name: string) => Object.fromEntries([1, 2, 3].map(at => [`${name}_${at}`, said]))
const knowledgeSample = z.strictObject({
  ...{ document: said, icl_document: said, document_outline: said, domain: said },
  ...{ ...three('icl_query'), ...three('icl_response'), ...leafTypes },
})
const knowledgeGenerated = z.strictObject({
  ...{ document: said, document_outline: said, domain: said, question: said, response: said, record: said },
  ...{ raw_document: said, dataset_type: said, ...leafTypes },
})
const names = {
  synonyms: 'compositional_skills_linguistics_synonyms',
  extraction: 'compositional_skills_grounded_extraction',
  stars: 'knowledge_science_stars',
}

/** Every file with rows, and what each row of it must be. */
const shapes: Record<string, z.ZodType> = {
  [`preprocessed_${date}/${names.synonyms}.jsonl`]: skillSample,
  [`preprocessed_${date}/${names.extraction}.jsonl`]: skillSample.required(),
  [`preprocessed_${date}/compositional_skills_unfruitful.jsonl`]: skillSample,
  [`preprocessed_${date}/${names.stars}.jsonl`]: knowledgeSample,
  [`generated_${date}/${names.synonyms}.jsonl`]: z.strictObject(skillColumns),
  [`generated_${date}/${names.extraction}.jsonl`]: z.strictObject(skillColumns).required(),
  [`generated_${date}/${names.stars}.jsonl`]: knowledgeGenerated,
  [`test_${date}.jsonl`]: z.strictObject({ user: said, assistant: said, system: said }),
  [`train_${date}.jsonl`]: z.strictObject({ system: said, user: said, assistant: said }),
  [`messages_${date}.jsonl`]: z.strictObject({ messages: plain, metadata: json(z.strictObject({ system: said })) }),
  [`node_datasets_${date}/${names.synonyms}.jsonl`]: z.strictObject({
    ...{ ...skillColumns, id: uuid, messages: opened, unmask: z.literal(false) },
  }),
  [`node_datasets_${date}/${names.extraction}.jsonl`]: z.strictObject({
    ...{ ...skillColumns, id: uuid, messages: opened, unmask: z.literal(false) },
  }),
  [`node_datasets_${date}/${names.stars}_p07.jsonl`]: row(plain, z.union([question, auxiliary]), true),
  [`node_datasets_${date}/${names.stars}_p10.jsonl`]: z.union([
    row(plain, raft, false),
    row(plain, question, true),
    row(plain, auxiliary, false),
  ]),
  [`knowledge_train_msgs_${date}.jsonl`]: row(opened, z.union([question, auxiliary]), true),
  [`skills_train_msgs_${date}.jsonl`]: z.union([
    row(opened, z.strictObject(skillColumns), false),
    row(opened, z.union([raft, auxiliary]), false),
    row(opened, question, true),
  ]),
}
const recipe = z.strictObject({
  datasets: z.array(z.strictObject({ path: said, sampling_size: z.number() })),
  metadata: z.strictObject({ sys_prompt: z.literal('Be exact.') }),
})

it('writes all of their files, and nothing in them that a strict reader would not know', async () => {
  const { write, rows, out } = await grown()
  const report = await write()
  const recipes = ['knowledge', 'skills'].map(kind => `${kind}_recipe_${date}.yaml`)
  expect([...report.files].sort()).toEqual([...Object.keys(shapes), ...recipes].sort())
  const written = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(name => /\./.test(name))
  expect(written.sort()).toEqual([...report.files].sort())
  for (const [name, shape] of Object.entries(shapes)) {
    expect(rows(name), name).not.toEqual([])
    for (const each of rows(name))
      expect(shape.safeParse(each).error, `${name} ${JSON.stringify(each)}`).toBeUndefined()
  }
  for (const name of recipes)
    expect(recipe.safeParse(parse(readFileSync(join(out, name), 'utf8'))).error).toBeUndefined()
  expect(readFileSync(join(out, recipes[0]!), 'utf8')).toContain('sampling_size: 1.0\n')
  expect(report.leaves.map(({ path, records }) => [path, records])).toEqual([
    [extraction.leaf.path, 1],
    [synonyms.leaf.path, 3],
    [stars.leaf.path, knowledge.length],
  ])
  expect(report.empty).toEqual([unfruitful.leaf.path])
})

it('gives each kept row once, and its question, answer and passage where they belong', async () => {
  const { write, rows } = await grown()
  const report = await write()
  const told = (list: { messages: { content: string }[] }[]) =>
    list.map(({ messages }) => messages.map(each => each.content))
  const skills = rows(`skills_train_msgs_${date}.jsonl`)
  const isSkill = ({ metadata }: { metadata: string }) => 'leaf_node_type' in JSON.parse(metadata)
  expect(told(skills.filter(isSkill))).toEqual([
    ['Be exact.', 'Eve was here.\n\nWho?', 'Eve'],
    ...freeform.map(({ fields }) => ['Be exact.', fields['question'], fields['answer']]),
  ])
  expect(JSON.parse(skills[1].metadata)).toMatchObject({
    ...{ leaf_node_path: names.synonyms, taxonomy_path: 'compositional_skills->linguistics->synonyms' },
    record: 'aaaa000000.0.0',
  })
  const known = rows(`knowledge_train_msgs_${date}.jsonl`)
  const isQuestion = ({ metadata }: { metadata: string }) => JSON.parse(metadata).dataset === 'document_knowledge_qa'
  expect(told(known.filter(isQuestion))).toEqual(
    knowledge.map(({ fields: { context, question, answer } }) => ['Be exact.', `${context}\n\n${question}`, answer]),
  )
  // Each variant once, although two questions were asked about it; the passage comes as it is in the document.
  const variants = known.filter(each => !isQuestion(each))
  expect(told(variants).map(([, asked, answer]) => [asked!.split('\n\n')[0], answer])).toEqual(
    passages.slice(0, 5).map(({ text }) => [text, `${text}, spelled`]),
  )
  expect(report.knowledge).toMatchObject({ records: knowledge.length + 5 })
  expect(report.skills).toMatchObject({ records: 4 + 2 * knowledge.length + 5 })
  expect(new Set(skills.map(({ id }) => id)).size).toBe(skills.length)
  expect(rows(`test_${date}.jsonl`)).toContainEqual({
    user: 'Q4.3?\nContext 4',
    assistant: 'A4.3',
    system: 'Be exact.',
  })
  expect(rows(`preprocessed_${date}/${names.stars}.jsonl`)).toHaveLength(passages.length * 5)
})

it('puts a question among four passages, its own in two of five cases, always shuffled', async () => {
  const many = Array.from({ length: 400 }, (_, at): GrownRecord => {
    const { text, source } = passages[at % passages.length]!
    return { cell: stars.leaf.path, fields: { question: `Question ${at}?`, answer: 'A', context: text, source } }
  })
  const { write, rows } = await grown(many)
  await write()
  const mixed = rows(`node_datasets_${date}/${names.stars}_p10.jsonl`).slice(0, 400)
  let golden = 0
  const places = new Set<number>()
  for (const { messages, metadata } of mixed) {
    const parts = messages[0].content.split('Document:\n').slice(1)
    const shown = parts.map((part: string) => part.split('\n\n')[0])
    expect(new Set(shown).size).toBe(4)
    for (const text of shown) expect(passages.map(passage => passage.text)).toContain(text)
    expect(messages[0].content).toMatch(/\n\nQuestion \d+\?$/)
    const place = shown.indexOf(JSON.parse(metadata).sdg_document)
    if (place < 0) continue
    golden++
    places.add(place)
  }
  expect(golden / 400).toBeGreaterThan(0.33)
  expect(golden / 400).toBeLessThan(0.47)
  expect(places).toEqual(new Set([0, 1, 2, 3]))
})

it('shows the only passage there is', async () => {
  const { write, rows } = await grown(knowledge.slice(0, 1))
  await write()
  const [row] = rows(`node_datasets_${date}/${names.stars}_p10.jsonl`)
  expect(row.messages[0].content).toBe(`Document:\n${passages[0]!.text}\n\n\n\nQuestion 0.0?`)
})

it('draws thirty rows of each skill with replacement, if InstructLab’s own way is asked for', async () => {
  const { write, rows, out } = await grown()
  const report = await write({ mixing: 'instructlab' })
  const sizes = parse(readFileSync(join(out, `skills_recipe_${date}.yaml`), 'utf8')).datasets
  expect(sizes.map((each: { sampling_size: number }) => each.sampling_size)).toEqual([30, 30, 1])
  expect(report.skills!.datasets.map(({ given, repeats }) => [given, repeats])).toEqual([
    ...[30, 30].map(count => [count, true]),
    [2 * knowledge.length + 5, false],
  ])
  const answers = rows(`skills_train_msgs_${date}.jsonl`).map(({ messages }) => messages[2].content)
  expect(answers.filter(answer => answer === 'Eve')).toHaveLength(30)
  expect(answers.filter(answer => answer.startsWith('Other'))).toHaveLength(30)
})

it('draws a small knowledge leaf up to 3 % of the skills that were there before', async () => {
  const { write, rows, out } = await grown()
  const folder = temporaryFolder()
  const old = Array.from({ length: 2000 }, (_, at) => ({
    ...{ id: `old${at}`, metadata: '{}' },
    messages: [
      { role: 'user', content: `Old ${at}` },
      { role: 'assistant', content: 'Yes' },
    ],
  }))
  writeFileSync(join(folder, 'old.jsonl'), old.map(each => JSON.stringify(each)).join('\n'))
  const skillsRecipe = join(folder, 'skills.yaml')
  writeFileSync(skillsRecipe, 'datasets:\n  - path: old.jsonl\n    sampling_size: 1.0\n')
  const report = await write({ skillsRecipe })
  expect(report.skills!.datasets.map(({ given, repeats }) => [given, repeats])).toEqual([
    ...[
      [2000, false],
      [1, false],
      [3, false],
    ],
    [60, true],
  ])
  expect(rows(`skills_train_msgs_${date}.jsonl`)[0]).toMatchObject({ id: 'old0' })
  expect(parse(readFileSync(join(out, `skills_recipe_${date}.yaml`), 'utf8')).datasets[0]).toEqual({
    ...{ path: join(folder, 'old.jsonl'), sampling_size: 1 },
  })
})

it('opens each conversation with a prompt of its own, unless an empty one is given', async () => {
  const { workspace, write, rows, out } = await grown()
  const roles = () =>
    [...rows(`skills_train_msgs_${date}.jsonl`), ...rows(`knowledge_train_msgs_${date}.jsonl`)].map(({ messages }) =>
      messages.map(({ role }: { role: string }) => role).join(' '),
    )
  await exportInstructlab(workspace, { project: 'tree', out, date })
  expect(new Set(roles())).toEqual(new Set(['system user assistant']))
  await write({ systemPrompt: '' })
  expect(new Set(roles())).toEqual(new Set(['user assistant']))
  expect(Object.keys(rows(`test_${date}.jsonl`)[0])).toEqual(['user', 'assistant'])
})

it('writes the same bytes again', async () => {
  const { write, out } = await grown()
  const contents = ({ files }: { files: string[] }) => files.map(name => readFileSync(join(out, name), 'utf8'))
  expect(contents(await write())).toEqual(contents(await write()))
})

it('leaves out what a person rejected or what is held out, and other runs where one is named', async () => {
  const held = { ...freeform[0]!, split: 'test' as const }
  const { workspace, write } = await grown([...freeform, held])
  await workspace.store.decide('tree', [{ kind: 'reject', record: 'aaaa000000.0.0' }], 'ada', 1)
  expect((await write()).leaves).toEqual([{ path: synonyms.leaf.path, kind: 'freeform', records: 2 }])
  const changed = leafMaterial(synonyms.leaf.path, { taskDescription: 'Find antonyms' })
  await growTaxonomyRun(workspace.runs, { project: 'tree', id: 'bbbb000000', nowMs: 9000 }, [changed], [freeform[0]!])
  expect((await write()).leaves[0]).toMatchObject({ records: 3 })
  expect((await write({ run: 'bbbb' })).leaves[0]).toMatchObject({ records: 1 })
})

it('takes the facts of a leaf from the newest run that grew it', async () => {
  const { workspace, write, rows } = await grown()
  const changed = leafMaterial(synonyms.leaf.path, { taskDescription: 'Find antonyms' })
  await growTaxonomyRun(workspace.runs, { project: 'tree', id: 'bbbb000000', nowMs: 9000 }, [changed], [freeform[0]!])
  await write()
  const tasks = rows(`generated_${date}/${names.synonyms}.jsonl`).map(each => each.task_description)
  expect(tasks).toEqual(Array(4).fill('Find antonyms'))
})

it('refuses what cannot be written as it should be, and says what to do', async () => {
  const { workspace, write } = await grown([{ cell: synonyms.leaf.path, fields: { question: 'Alone?' } }])
  await expect(write()).rejects.toMatchObject({ code: 'bad-input', details: { record: 'aaaa000000.0.0' } })
  await expect(write({ date: '../up' })).rejects.toMatchObject({ code: 'bad-input' })
  await createProject(workspace, { name: 'plain' })
  await expect(write({ project: 'plain' })).rejects.toThrow(/No run of “plain” grew a taxonomy/)
  await expect(write({ project: 'plain', run: 'aaaa' })).rejects.toThrow(/is of project “tree”/)
  const twins = ['knowledge/a/b_c', 'knowledge/a_b/c'].map(path => leafMaterial(path))
  await growTaxonomyRun(workspace.runs, { project: 'plain', id: 'cccc000000' }, twins, [])
  await expect(write({ project: 'plain' })).rejects.toThrow(/knowledge_a_b_c\.jsonl/)
})
