/** Every recipe in `examples/` runs as it stands. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importRecords } from '../../src/app/import-records.ts'
import { builtIns } from '../../src/app/plugins.ts'
import { createProject } from '../../src/app/projects.ts'
import { addProvider } from '../../src/app/providers.ts'
import { readRecipe } from '../../src/app/recipe-file.ts'
import type { Script } from '../../src/testing/index.ts'
import { readingTeacher } from '../reading-teacher.ts'
import { temporaryWorkspace } from '../temporary-workspace.ts'
import { cultivar, examples, json, seeds, serve } from './command-line.ts'

const { generators, critics } = builtIns()
const says = readingTeacher()

/** The scripted teacher, which where it is shown facts finds the first of them in every text. */
const script: Script = request => {
  const fact = /^1 \(".*?"\): (".*")$/m.exec(request.messages.at(-1)?.content ?? '')?.[1]
  if (fact === undefined) return says(request)
  const claim = { claim: JSON.parse(fact), quote: JSON.parse(fact), passage: 1, verdict: 'supported' }
  return { kind: 'reply', value: { claims: [claim] } }
}

/** Generators whose records have other fields than a text. */
const ofRecords = ['records', 'document-qa', 'multiple-choice', 'simulation', 'table', 'taxonomy']

const recipes = readdirSync(examples)
  .filter(name => name.endsWith('.yaml'))
  .map(name => ({
    name,
    recipe: readRecipe(readFileSync(join(examples, name), 'utf8'), name, { generators, critics }),
  }))

it('there is one for each generator', () => {
  const shown = new Set(recipes.map(({ recipe }) => recipe.generator))
  expect(generators.map(({ kind }) => kind).filter(kind => !shown.has(kind))).toEqual([])
})

it.each(recipes)('examples/$name reaches its target', async ({ name, recipe }) => {
  const server = await serve({ script })
  const workspace = await temporaryWorkspace()
  await createProject(workspace, {
    name: recipe.project,
    kind: ofRecords.includes(recipe.generator) ? 'records' : 'text',
  })
  await importRecords(workspace, { project: recipe.project, file: seeds })
  const settings = {
    name: 'gpt',
    kind: 'openai-compatible' as const,
    endpoint: server.url,
    jsonMode: 'schema' as const,
  }
  await addProvider(workspace, { settings, projects: [recipe.project] })
  const ended = await cultivar(workspace.folder, ['run', join(examples, name), '--json'])
  expect(ended.code, `${ended.stdout}\n${ended.stderr}`).toBe(0)
  const { state, kept, target } = json(ended)
  expect({ state, kept }).toEqual({ state: 'done', kept: target })
})
