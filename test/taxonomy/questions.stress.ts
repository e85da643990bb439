/** Ten thousand questions in stages, the process killed five times: the same dataset, nothing asked twice but what was in flight, memory flat. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createProject } from '../../src/app/projects.ts'
import { addProvider } from '../../src/app/providers.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { randomStream } from '../../src/stats/random-stream.ts'
import { type Script, type ScriptedServer, teacher } from '../../src/testing/index.ts'
import { saying } from '../../src/testing/saying.ts'
import { type Ended, json, serve, start } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const leaves = 20
const concurrency = 64
const says = teacher({ judge: { rejectShare: 0.1 } })
/** The same to the same question whenever it comes, so that a run that was killed can be compared. */
const steady: Script = request => says({ ...request, repeat: 0 })

it('ends exact after five kills, pays nothing twice, and needs hardly more memory than a small run', async () => {
  const server = await serve({ script: steady, latency: { kind: 'fixed', ms: 5 }, retain: false })
  const small = await grow(await workspaceOf(server), 500)
  const folder = await workspaceOf(server)
  const before = server.counts.received
  const whole = await grow(folder, 10_000)
  const calls = server.counts.received - before
  expect(json(whole)).toMatchObject({ state: 'done', kept: 10_000 })
  expect(whole.peakMb / small.peakMb).toBeLessThanOrEqual(1.5)

  const killed = await workspaceOf(server)
  const from = server.counts.received
  for (let kill = 1; kill <= 5; kill++)
    await growUntil(killed, () => server.counts.received - from > (calls * kill) / 6)
  const ended = await grow(killed, 10_000)
  expect(json(ended)).toMatchObject({ state: 'done', kept: 10_000 })
  expect(await kept(killed)).toEqual(await kept(folder))
  // Each kill may lose what was in flight, and the beginning of what would not have been needed.
  expect(server.counts.received - from).toBeLessThanOrEqual(calls + 5 * 2 * concurrency)
  console.log({ calls, again: server.counts.received - from - calls, smallMb: small.peakMb, wholeMb: whole.peakMb })
}, 1_800_000)

async function workspaceOf(server: ScriptedServer): Promise<string> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'skills', kind: 'records' })
  const settings = { name: 'gpt', kind: 'openai-compatible', endpoint: server.url, model: 'scripted-1' } as const
  await addProvider(workspace, { settings: { ...settings, jsonMode: 'schema', concurrency }, projects: ['skills'] })
  await workspace.close()
  for (let leaf = 0; leaf < leaves; leaf++) writeLeaf(folder, leaf)
  return folder
}

function writeLeaf(folder: string, leaf: number): void {
  const random = randomStream(`leaf ${leaf}`)
  const seeds = Array.from({ length: 5 }, () => `  - question: ${saying(random)}\n    answer: ${saying(random)}`)
  const path = join(folder, 'compositional_skills', `skill_${leaf}`)
  mkdirSync(path, { recursive: true })
  const head = `version: 3\ncreated_by: ada\ntask_description: ${saying(random)}\nseed_examples:`
  writeFileSync(join(path, 'qna.yaml'), `${head}\n${seeds.join('\n')}\n`)
}

const line = (target: number) => ['run', 'taxonomy', '--target', String(target), '--json']

/** Without a bound, how much garbage lies about says how little the collector was pressed, not how much is needed. */
const bounded = { NODE_OPTIONS: '--max-old-space-size=160 --max-semi-space-size=8' }

async function grow(folder: string, target: number): Promise<Ended & { peakMb: number }> {
  const { child, ended } = start(folder, line(target), { environment: bounded })
  let peakMb = 0
  const look = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid!))
  }, 100)
  const { code, ...rest } = await ended.finally(() => clearInterval(look))
  expect(code, rest.stderr).toBe(0)
  return { code, ...rest, peakMb }
}

/** The most memory the process ever held, in MB; 0 where the system does not say, or it is gone. */
function peakOf(pid: number): number {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return 0
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) / 1000
}

async function growUntil(folder: string, isTime: () => boolean): Promise<void> {
  const { child, ended } = start(folder, line(10_000))
  const look = setInterval(() => {
    if (isTime()) child.kill('SIGKILL')
  }, 5)
  const { code, stderr } = await ended.finally(() => clearInterval(look))
  expect(code, stderr).toBe(null)
}

async function kept(folder: string): Promise<string[]> {
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  try {
    const records = await Array.fromAsync(workspace.store.streamRecords('skills'))
    return records.map(({ id, fields, cell }) => JSON.stringify([id, fields, cell]))
  } finally {
    await workspace.close()
  }
}
