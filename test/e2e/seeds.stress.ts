/** The worked examples of `examples/seeds/`, run as they stand, and what their users asked for looked at. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createProject } from '../../src/app/projects.ts'
import { addProvider } from '../../src/app/providers.ts'
import type { Project } from '../../src/model/project.ts'
import { type Script, teacher } from '../../src/testing/index.ts'
import { readingTeacher } from '../reading-teacher.ts'
import { temporaryWorkspace } from '../temporary-workspace.ts'
import { cultivar, examples, json, serve } from './command-line.ts'

interface Grown {
  folder: string
  /** Records as JSON Lines hold them. */
  records: Record<string, unknown>[]
  /** What the model was asked first. */
  asked: string
}

async function grown(
  recipe: string,
  settings: Pick<Project, 'name'> & Partial<Project>,
  script: Script = teacher(),
): Promise<Grown> {
  const server = await serve({ script })
  const workspace = await temporaryWorkspace()
  await createProject(workspace, settings)
  const gpt = { name: 'gpt', kind: 'openai-compatible' as const, endpoint: server.url, jsonMode: 'schema' as const }
  await addProvider(workspace, { settings: gpt, projects: [settings.name] })
  const { folder } = workspace
  const ended = await cultivar(folder, ['run', join(examples, 'seeds', recipe), '--json'])
  expect(ended.code, `${ended.stdout}\n${ended.stderr}`).toBe(0)
  const { run } = json(ended)
  const { stdout } = await cultivar(folder, ['records', 'export', settings.name, '--lineage'])
  const records = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const { calls } = json(await cultivar(folder, ['records', 'lineage', `${run}.0.0`, '--json']))
  const asked = calls[0].request.messages.at(-1).content
  return { folder, records, asked }
}

it('ten exemplars, two negative and eight positive, as lines of question and answer', async () => {
  const { folder, records } = await grown('sentiment-exemplars.yaml', { name: 'exemplars', kind: 'records' })
  expect(records.filter(({ label }) => label === 'negative')).toHaveLength(2)
  expect(records.filter(({ label }) => label === 'positive')).toHaveLength(8)
  const template = ['--template', 'Q: {input} A: {output}']
  const { stdout } = await cultivar(folder, ['records', 'export', 'exemplars', ...template])
  const lines = stdout.trim().split('\n')
  expect(lines).toHaveLength(10)
  for (const line of lines) expect(line).toMatch(/^Q: .+ A: (positive|negative)$/)
})

it('five texts like one headline, without its label and with it', async () => {
  const bare = await grown('headlines-unlabelled.yaml', { name: 'headlines', kind: 'text' })
  expect(bare.records).toHaveLength(5)
  expect(bare.records.filter(({ label }) => label !== undefined)).toEqual([])
  expect(bare.asked).toContain('Bonds Takes Stock')
  const labels = ['Sport', 'Business', 'Sci/Tech', 'World']
  const labelled = await grown('headlines-sport.yaml', { name: 'news', labels })
  expect(labelled.records.map(({ label }) => label)).toEqual(Array(5).fill('Sport'))
  expect(labelled.asked).toContain('Write 5 new texts with the label "Sport"')
  expect(labelled.asked).toContain('Bonds Takes Stock')
})

it('five texts very similar to these and different from those, which are told apart in the prompt and never come back', async () => {
  const { records, asked } = await grown('comments-toxic.yaml', { name: 'comments' })
  expect(records.map(({ label }) => label)).toEqual(Array(5).fill('Hate/Toxic'))
  const recipe = readFileSync(join(examples, 'seeds', 'comments-toxic.yaml'), 'utf8')
  const unwanted = 'a complete waste of space and oxygen'
  expect(recipe).toContain(unwanted)
  const within = (tag: string) => asked.split(`<${tag}>`)[1]?.split(`</${tag}>`)[0]
  expect(within('examples')).toContain('dumb mf')
  expect(within('examples')).not.toContain(unwanted)
  expect(within('unwanted')).toContain(unwanted)
  expect(within('unwanted')).not.toContain('dumb mf')
  expect(asked).toContain('Match length and style')
  for (const { text } of records) expect(recipe).not.toContain(text)
})

it('five hundred industrial records of input, context and output, no question twice', async () => {
  const { folder, records } = await grown('industrial-production.yaml', { name: 'production', kind: 'records' })
  expect(records).toHaveLength(500)
  expect(new Set(records.map(({ input }) => input)).size).toBe(500)
  const columns = ['--format', 'json', '--columns', 'input,context,output']
  const exported = JSON.parse((await cultivar(folder, ['records', 'export', ...columns])).stdout)
  expect(exported).toHaveLength(500)
  for (const row of exported) expect(Object.keys(row)).toEqual(['input', 'context', 'output'])
})

it('five question-answer pairs from a text, in one call', async () => {
  const { folder, records, asked } = await grown(
    'question-answer-pairs.yaml',
    { name: 'qa', kind: 'records' },
    readingTeacher(),
  )
  expect(records).toHaveLength(5)
  const [call, ...others] = new Set(records.map(({ lineage }) => (lineage as { call: string }).call))
  expect(call).toMatch(/^[0-9a-f]{64}$/)
  expect(others).toEqual([])
  expect(asked).toContain('The lighthouse of Skarvholm was lit for the first time in 1871.')
  const { stdout } = await cultivar(folder, ['records', 'export', '--columns', 'question,answer'])
  const lines = stdout.trim().split('\n')
  expect(lines).toHaveLength(5)
  for (const line of lines) expect(Object.keys(JSON.parse(line))).toEqual(['question', 'answer'])
})
