/** How runs end and what the exit code says; what a stopped or killed run costs when it goes on. */
import { fork } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type Script, teacher } from '../../src/testing/index.ts'
import { cultivar, json, serve, shopWorkspace, start } from './command-line.ts'

const line = ['run', 'few-shot', '--param', 'label=order_status', '--param', 'perCall=2', '--target', '60']
/** Says the same to the same question whenever it is asked, so that two runs can be compared. */
const steady: Script = request => teacher()({ ...request, repeat: 0 })
const slow = { kind: 'fixed', ms: 60 } as const

it('exits with 3 when it falls short, and says by how much and why', async () => {
  const server = await serve({ script: teacher({ vocabulary: 12 }) })
  const folder = await shopWorkspace(server)
  const ended = await cultivar(
    folder,
    [...line, '--param', 'perCall=20'].filter((_, at) => at !== 4 && at !== 5),
  )
  expect(ended.code, ended.stderr).toBe(3)
  expect(ended.stdout).toContain('short of the target')
  expect(ended.stdout).toMatch(/\b\d+ of 60 kept/)
})

it('exits with 4 at the budget, and a raised budget goes on with the same run', async () => {
  const server = await serve({ script: teacher() })
  const folder = await shopWorkspace(server)
  const stopped = await cultivar(folder, [...line, '--budget', 'calls=3', '--json'])
  expect(stopped.code, stopped.stderr).toBe(4)
  expect(server.counts.received).toBe(3)
  const raised = await cultivar(folder, [...line, '--budget', 'calls=100', '--json'])
  expect(raised.code, raised.stderr).toBe(0)
  expect(json(raised)).toMatchObject({ run: json(stopped).run, kept: 60 })
})

it('exits with 5 when the provider has nothing left, and resuming finishes once it has', async () => {
  let left = 4
  const answer = teacher()
  const script: Script = request => (left-- > 0 ? answer(request) : { kind: 'quota-exhausted' })
  const server = await serve({ script })
  const folder = await shopWorkspace(server)
  const failed = await cultivar(folder, [...line, '--concurrency', '1'])
  expect(failed.code, failed.stderr).toBe(5)
  expect(failed.stdout).toContain('provider failed')
  server.setScript(answer)
  const resumed = await cultivar(folder, ['runs', 'resume', '--json'])
  expect(resumed.code, resumed.stderr).toBe(0)
  expect(json(resumed)).toMatchObject({ kept: 60 })
})

it('drains at the first Ctrl-C and exits with 130; resumed, it ends like a run nobody stopped', async () => {
  const server = await serve({ script: steady, latency: slow })
  const folder = await shopWorkspace(server)
  const started = start(folder, line)
  await until(() => server.counts.answered >= 8)
  started.child.kill('SIGINT')
  const stopped = await started.ended
  expect(stopped.code, stopped.stderr).toBe(130)
  expect(stopped.stderr).toContain('Press Ctrl-C again')
  expect(server.counts.aborted).toBe(0)
  expect(stopped.stdout).toContain('cultivar runs resume')

  const resumed = await cultivar(folder, ['runs', 'resume', '--out', 'resumed.jsonl'])
  expect(resumed.code, resumed.stderr).toBe(0)
  expect(server.counts.received).toBe(distinct(server))

  const whole = await shopWorkspace(server)
  expect((await cultivar(whole, [...line, '--concurrency', '3', '--out', 'whole.jsonl'])).code).toBe(0)
  expect(readFileSync(join(folder, 'resumed.jsonl'), 'utf8')).toBe(readFileSync(join(whole, 'whole.jsonl'), 'utf8'))
})

it('goes on after kill -9 without sending again what was answered and stored', async () => {
  const server = await serve({ script: steady, latency: slow })
  const folder = await shopWorkspace(server)
  const started = start(folder, line)
  await until(() => server.counts.answered >= 10)
  started.child.kill('SIGKILL')
  expect((await started.ended).code).toBe(null)
  const inFlight = server.counts.maxInFlight
  const again = await cultivar(folder, [...line, '--json'])
  expect(again.code, again.stderr).toBe(0)
  expect(json(again)).toMatchObject({ state: 'done', kept: 60 })
  // Only what was in flight at the moment of death can have been sent twice.
  expect(server.counts.received - distinct(server)).toBeLessThanOrEqual(inFlight)
  expect(server.counts.received).toBeGreaterThanOrEqual(30)
})

it('tells a second run who holds the project, lets --wait wait, and lets runs cancel stop the first', async () => {
  const server = await serve({ script: teacher(), latency: { kind: 'fixed', ms: 300 } })
  const folder = await shopWorkspace(server)
  const first = start(folder, [...line, '--concurrency', '1'])
  await first.said('Growing run')
  const other = ['run', 'few-shot', '--param', 'label=return_item', '--target', '2']
  const second = await cultivar(folder, other)
  expect(second.code).toBe(2)
  expect(second.stderr).toContain(String(first.child.pid))
  const waiting = start(folder, [...other, '--wait', '--json'])
  await waiting.said('Waiting')
  const id = /Run ([0-9a-f]{10})/.exec(second.stderr)?.[1] ?? ''
  expect((await cultivar(folder, ['runs', 'cancel', id])).code).toBe(0)
  expect((await first.ended).code).toBe(130)
  const waited = await waiting.ended
  expect(waited.code, waited.stderr).toBe(0)
  expect(json(waited)).toMatchObject({ kept: 2 })
})

it('stops as by SIGTERM when the launcher that started it is gone', async () => {
  const server = await serve({ script: teacher(), latency: slow })
  const folder = await shopWorkspace(server)
  const child = fork(join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts'), line, {
    cwd: folder,
    env: {},
    silent: true,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise(resolve => child.on('exit', resolve))
  await until(() => server.counts.answered >= 4)
  child.disconnect()
  expect(await ended).toBe(130)
  expect(server.counts.aborted).toBe(0)
})

it('exits with 2 for a recipe that is wrong, each problem with file, line and column', async () => {
  const server = await serve({ script: teacher() })
  const folder = await shopWorkspace(server)
  writeFileSync(
    join(folder, 'bad.yaml'),
    'project: support\ngenerator: few-shot\nparams:\n  lable: x\n  similar: many\n',
  )
  const ended = await cultivar(folder, ['run', 'bad.yaml'])
  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain('bad.yaml:4:3: ')
  expect(ended.stderr).toContain('did you mean “label”?')
  expect(ended.stderr).toContain('bad.yaml:5:12: ')
  expect(ended.stdout).toBe('')
})

/** Requests that differ: what was sent twice is counted once. */
function distinct(server: { requests: { body: unknown; method: string }[] }): number {
  const chats = server.requests.filter(({ method }) => method === 'POST')
  return new Set(chats.map(({ body }) => JSON.stringify(body))).size
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5))
}
