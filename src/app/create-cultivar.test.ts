/** Cultivar as a library: a generator of one’s own grows a project, and says where each record came from. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { defineGenerator } from '../engine/define.ts'
import { scriptedModel } from '../testing/scripted-model.ts'
import { teacher } from '../testing/teacher.ts'
import { createCultivar } from './create-cultivar.ts'
import { systemClock } from './system-clock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cultivar-library-'))
})
afterEach(() => rm(folder, { recursive: true }))

const squares = defineGenerator({
  kind: 'squares',
  summary: 'Sentences about squares',
  params: z.strictObject({ from: z.int().default(1) }),
  plan: () => ({ cells: ['all'], material: null, perUnit: 5, notes: [] }),
  propose: ({ params, asks, cellOrdinal }) =>
    Array.from({ length: asks }, (_, i) => {
      const n = params.from + cellOrdinal * 5 + i
      return { fields: { text: `The square of ${n} is ${n * n}, as anybody can check by hand.` } }
    }),
})

it('grows a project with a generator of one’s own, and traces each record', async () => {
  const cultivar = await createCultivar({ folder, generators: [squares] })
  await cultivar.createProject({ name: 'numbers', kind: 'text' })
  const report = await cultivar.run({
    project: 'numbers',
    generator: 'squares',
    target: 12,
    critics: [{ kind: 'unique', exact: true }],
  })
  expect(report.state).toBe('done')
  const records = await Array.fromAsync(cultivar.records('numbers'))
  expect(records).toHaveLength(12)
  expect(records[0]?.fields).toEqual({ text: 'The square of 1 is 1, as anybody can check by hand.' })
  const lineage = await cultivar.lineage(records[0]?.id ?? '')
  expect(lineage.run?.id).toBe(report.run)
  const lines = (await Array.fromAsync(await cultivar.exportText({ of: { project: 'numbers' } })))
    .join('')
    .trim()
    .split('\n')
  expect(lines).toHaveLength(12)
  await cultivar.close()
})

it('takes a model that lives in this process', async () => {
  const cultivar = await createCultivar({ folder })
  await cultivar.createProject({ name: 'notes', kind: 'text' })
  const model = scriptedModel({ script: teacher(), clock: systemClock, name: 'here' })
  const report = await cultivar.run(
    {
      project: 'notes',
      generator: 'prompt',
      params: { prompt: 'Short notes left on a fridge' },
      teacher: 'here',
      target: 7,
    },
    { models: [model] },
  )
  expect(report.state).toBe('done')
  expect(await Array.fromAsync(cultivar.records('notes'))).toHaveLength(7)
  expect(model.calls.length).toBeGreaterThan(0)
  await cultivar.close()
})
