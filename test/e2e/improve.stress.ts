/** The loop by the real command line: test, augment, retrain, test again, on records that nothing of it saw. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Improvement } from '../../src/app/improve/improvement.ts'
import type { ModelFacts } from '../../src/app/models/stored-models.ts'
import { addProvider } from '../../src/app/providers.ts'
import { teacher } from '../../src/testing/index.ts'
import { serve } from './command-line.ts'
import { type CommandLine, labelledWorkspace } from './labelled-workspace.ts'

const prepared = labelledWorkspace({ tickets: 50, sentences: 90 })

const kinds = ['uppercase', 'titlecase', 'add_typo', 'add_ocr_typo', 'add_context']
const suite = stringify({
  tests: {
    defaults: { min_pass_rate: 0.99 },
    robustness: Object.fromEntries(kinds.map(kind => [kind, null])),
    accuracy: { min_micro_f1_score: { min_score: 0.1 } },
  },
})

/** Ids that a record was made from, however many steps ago. */
function ancestry(records: Awaited<ReturnType<CommandLine['records']>>): (id: string) => Set<string> {
  const seedsOf = new Map(records.map(({ id, seeds }) => [id, seeds]))
  return id => {
    const found = new Set(seedsOf.get(id))
    for (const each of found) for (const seed of seedsOf.get(each) ?? []) found.add(seed)
    return found
  }
}

/** What was made, and what was learned, never of a record that the last test saw. */
async function expectUnseen({ records }: CommandLine, { project, models, records: counts }: Improvement) {
  const { before, after } = models!
  const heldOut = new Set(before.training.heldOut)
  expect(heldOut.size).toBe(counts.tested)
  expect(new Set(after.training.heldOut)).toEqual(heldOut)
  const all = await records(project)
  const ancestorsOf = ancestry(all)
  const [tested, grown] = [all.filter(({ id }) => heldOut.has(id)), all.filter(({ outcome }) => outcome !== 'imported')]
  expect(tested.map(({ outcome }) => outcome)).toEqual(Array(counts.tested).fill('imported'))
  for (const { id, seeds } of grown) {
    expect(seeds).not.toEqual([])
    expect(ancestorsOf(id).intersection(heldOut)).toEqual(new Set())
  }
  const real = all.length - grown.length
  expect(after.training.examples).toBe(real - counts.tested + grown.length)
  expect(after.training.grown).toBe(grown.length)
  return { grown, tested }
}

function expectCompared({ comparison, task }: Improvement) {
  expect(comparison!.tests.map(({ test }) => test)).toEqual(kinds)
  for (const { cases, before, after, difference } of comparison!.tests) {
    expect(cases).toBeGreaterThan(0)
    expect(difference.value).toBeCloseTo(after.rate - before.rate, 9)
    expect(difference.interval.low).toBeLessThanOrEqual(difference.value)
    expect(difference.interval.high).toBeGreaterThanOrEqual(difference.value)
  }
  expect(comparison!.measured).toEqual([{ test: 'min_micro_f1_score', before: true, after: true }])
  expect(comparison!.clean.figure).toBe(task === 'entities' ? 'micro F1' : 'accuracy')
}

const madeIn = ({ rounds }: Improvement) => rounds.reduce((sum, { augmented }) => sum + (augmented?.made ?? 0), 0)

it('makes nothing in a dry run, then shows every test of entities before and after, and can go on from there', async () => {
  const line = prepared()
  const { folder, write, run, data, records } = line
  const using = ['improve', 'notes', '--suite', write('suite.yaml', suite)]
  const before = await records('notes')
  const planned: Improvement = await data(...using, '--dry-run')
  expect(planned.rounds[0]!.plan.total).toBeGreaterThan(0)
  expect(planned).toMatchObject({ models: null, comparison: null })
  expect(await data('suites', 'trials')).toEqual([])
  expect(await records('notes')).toEqual(before)

  const { stdout } = await run(...using)
  for (const kind of kinds) expect(stdout).toMatch(new RegExp(`^${kind} +\\d.* % +\\d.* %.* to .*(passes|fails)`, 'm'))
  expect(stdout).toContain('min_micro_f1_score: passed before, passed after')
  expect(stdout).toMatch(/Clean micro F1 \d\.\d{3} before, \d\.\d{3} after/)
  const models: ModelFacts[] = await data('models', 'list')
  expect(models.map(({ version }) => version)).toEqual([1, 2])

  const again: Improvement = await data(...using)
  expect(existsSync(again.file)).toBe(true)
  expect(JSON.parse(readFileSync(again.file, 'utf8'))).toEqual(again)
  expect(dirname(dirname(again.file))).toBe(join(folder, '.cultivar', 'improvements'))
  if (again.models) await expectUnseen(line, again)
  expect(again.records.tested).toBe(planned.records.tested)
  expect(again.records.learned).toBeGreaterThan(planned.records.learned)
})

it('makes a classifier sturdier on records that it saw nothing of, with new examples like its mistakes from a provider', async () => {
  const line = prepared()
  const { write, data, inside } = line
  const server = await serve({ script: teacher() })
  await inside(workspace =>
    addProvider(workspace, {
      settings: {
        name: 'gpt',
        kind: 'openai-compatible',
        endpoint: server.url,
        model: 'scripted-1',
        jsonMode: 'schema',
      },
      projects: ['support'],
    }),
  )
  const using = ['improve', 'support', '--suite', write('suite.yaml', suite), '--name', 'sturdy']
  const improvement: Improvement = await data(...using, '--wrong', '12')
  expectCompared(improvement)
  const { wrong, models, rounds } = improvement
  expect(madeIn(improvement)).toBeGreaterThan(0)
  for (const { plan, augmented } of rounds) {
    const made = augmented?.tests ?? []
    expect(made.map(({ test }) => test)).toEqual(augmented ? plan.tests.map(({ test }) => test) : [])
    for (const test of made) expect(test.made).toBeLessThanOrEqual(test.possible)
  }
  expect(wrong!.mistakes).toBeGreaterThan(0)
  expect(wrong).toMatchObject({ kept: 12, reason: '' })
  expect(models!.before).toMatchObject({ name: 'sturdy', version: 1 })
  expect(models!.after).toMatchObject({ name: 'sturdy', version: 2 })

  const { grown, tested } = await expectUnseen(line, improvement)
  expect(grown.filter(({ run }) => run === wrong!.run)).toHaveLength(12)
  expect(grown).toHaveLength(madeIn(improvement) + 12)
  expect(server.counts.received).toBeGreaterThan(0)
  const asked = JSON.stringify(server.requests.map(({ body }) => body))
  for (const { fields } of tested) expect(asked).not.toContain(JSON.stringify(fields['text']).slice(1, -1))

  // It has a provider, and is told to do without.
  const sent = server.counts.received
  const again: Improvement = await data(...using, '--no-wrong', '--tests', 'add_typo')
  expect([again.wrong, server.counts.received]).toEqual([null, sent])
  expect(again.rounds.flatMap(({ plan }) => plan.tests.map(({ test }) => test))).toContain('add_typo')
})
