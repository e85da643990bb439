/** A user’s own generators, as in `examples/own-generator/`: a folder with two modules, a configuration and recipes. */
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { teacher } from '../../src/testing/index.ts'
import { cultivar, examples, json, seeds, serve, shopWorkspace } from './command-line.ts'

async function ownWorkspace(): Promise<string> {
  const folder = await shopWorkspace(await serve({ script: teacher() }))
  cpSync(join(examples, 'own-generator'), folder, { recursive: true })
  return folder
}

it('a module in a folder of its own is a generator like the built-in ones, in lists, checks and runs', async () => {
  const folder = await ownWorkspace()
  const shown = await cultivar(folder, ['generators', 'show', 'typing-slips'])
  expect(shown.stdout, shown.stderr).toContain('Slips in each text')
  const checked = await cultivar(folder, ['recipes', 'check', 'slips.yaml', 'restyled.yaml'])
  expect(checked.code, checked.stderr).toBe(0)

  const ended = await cultivar(folder, ['run', 'slips.yaml', '--out', 'slips.jsonl', '--json'])
  expect(ended.code, ended.stderr).toBe(0)
  expect(json(ended)).toMatchObject({ state: 'done', kept: 40, spent: { calls: 0 } })

  const grown = readFileSync(join(folder, 'slips.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const written = readFileSync(seeds, 'utf8')
  expect(grown.filter(({ label }) => label === 'damaged_item')).toHaveLength(20)
  for (const { text, tags } of grown) {
    expect(tags).toEqual(['synthetic', 'mistyped'])
    expect(written).not.toContain(text)
  }

  const { seeds: madeFrom } = json(await cultivar(folder, ['records', 'lineage', grown[0].id, '--json']))
  expect(madeFrom).toMatchObject([{ outcome: 'imported', labels: [grown[0].label] }])
})

it('one that asks a model has ledger, budget and critics without a line of its own for them', async () => {
  const folder = await ownWorkspace()
  const planned = await cultivar(folder, ['run', 'restyled.yaml', '--dry-run'])
  expect(planned.code, planned.stderr).toBe(0)
  expect(planned.stdout).toContain('each as someone in a hurry on a phone would write it')

  const ended = await cultivar(folder, ['run', 'restyled.yaml', '--json'])
  const { state, kept, target, spent } = json(ended)
  expect({ code: ended.code, state, kept, target }, ended.stderr).toEqual({
    code: 0,
    state: 'done',
    kept: 15,
    target: 15,
  })
  const again = json(await cultivar(folder, ['run', 'restyled.yaml', '--json']))
  expect(again.spent).toEqual(spent)
})
