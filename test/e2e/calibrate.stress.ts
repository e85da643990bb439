/** A critic calibrated at the command line: judged blind, stopped, gone on with, and judged in a file. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Script } from '../../src/testing/index.ts'
import { teacher } from '../../src/testing/index.ts'
import { cultivar, json, serve, shopWorkspace } from './command-line.ts'

const says = teacher()
/** Grades by the length of the text, so that grades of all kinds come up. */
const script: Script = request => {
  const answer = says(request)
  if (answer.kind !== 'reply' || !(answer.value as { score?: number }).score) return answer
  const text = request.messages.map(({ content }) => content).join('')
  return { kind: 'reply', value: { explanation: 'Seen.', score: 1 + (text.length % 3) } }
}

it('lets a person judge a sample without seeing grades, stop, go on, and read where the threshold should be', async () => {
  const folder = await shopWorkspace(await serve({ script }))
  const grown = await cultivar(folder, [
    ...['run', 'few-shot', '--param', 'label=order_status', '--critic', 'judge', '--target', '12', '--json'],
  ])
  expect(grown.code, grown.stderr).toBe(0)

  const begun = await cultivar(folder, ['runs', 'calibrate', '--sample', '9', '--json'], { input: 'y\nn\nu\ny\nq\n' })
  expect(begun.code, begun.stderr).toBe(0)
  expect(begun.stderr).toContain('1 of 9')
  expect(begun.stderr).not.toMatch(/of 3|Seen\.|passed|failed/)
  const first = json(begun)
  expect(first).toMatchObject({ critic: 'judge', sampled: 9, judged: 2 })

  const file = join(folder, 'sample.jsonl')
  const written = await cultivar(folder, ['runs', 'calibrate', '--to', file])
  expect(written.code, written.stderr).toBe(0)
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  expect(lines).toHaveLength(9)
  expect(lines.filter(line => JSON.parse(line).good === true)).toHaveLength(2)
  writeFileSync(file, lines.map((line, at) => JSON.stringify({ ...JSON.parse(line), good: at % 2 === 0 })).join('\n'))
  const judged = await cultivar(folder, ['runs', 'calibrate', '--from', file, '--by', 'ann'])
  expect(judged.code, judged.stderr).toBe(0)
  expect(judged.stdout).toMatch(/Critic judge in run \w+: 9 of 9 judged/)
  expect(judged.stdout).toMatch(/Cohen’s kappa/)
  expect(judged.stdout).toMatch(/keep from +kappa/)
  expect(judged.stdout).toMatch(/Only 9 judged/)

  const unknown = await cultivar(folder, ['runs', 'calibrate', '--critic', 'taste'])
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toContain('judge')
})
