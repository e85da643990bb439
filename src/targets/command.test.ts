/** Programs as they are: buffering, babbling, crashing, deaf, and with children; what they answered is kept, and nothing of them is left. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { labelsOf, rejection } from '../../test/prediction-server.ts'
import { targetContext } from '../../test/target-context.ts'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { isFailed, type Predicted, type Target } from '../model/prediction.ts'
import { openTarget, targetSettings } from './open-target.ts'

/** A program whose `answer(id, text)` gives a line, or several; what it says of itself at the end follows. */
async function program(script: string, settings: object = {}): Promise<{ target: Target; folder: string }> {
  const folder = temporaryFolder()
  const file = join(folder, 'predict.mjs')
  writeFileSync(file, `import { createInterface } from 'node:readline'\n${script}`)
  const parsed = targetSettings.parse({ kind: 'command', command: [process.execPath, file], ...settings })
  const context = targetContext('classification', {
    folder,
    environment: { PATH: process.env['PATH'], GREETING: 'hello' },
  })
  return { target: await openTarget(parsed, context), folder }
}

const each = (body: string) => `
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, text } = JSON.parse(line)
    ${body}
  }`
const right = `console.log(JSON.stringify({ id, label: 'is ' + text, score: 0.5 }));`

const texts = ['t0', 't1', 't2', 't3', 't4']
const messageOf = (predicted: Predicted | undefined) =>
  predicted && isFailed(predicted) ? predicted.failed.message : ''
const expected = (...failed: number[]) =>
  texts.map((text, at) => (failed.includes(at) ? expect.any(String) : `is ${text}`))
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let waits = 0; isAlive(pid) && waits < 40; waits++) await sleep(50)
  return !isAlive(pid)
}

describe('answers are taken', () => {
  it('in any order, after all was read', async () => {
    const { target } = await program(`const all = []; ${each('all.push({ id, label: "is " + text })')}
      console.log(all.reverse().map(each => JSON.stringify(each)).join('\\r\\n'))`)
    expect(labelsOf(await target.predict(texts))).toEqual(expected())
  })

  it('among other lines, which are passed over', async () => {
    const { target } =
      await program(`console.log('Loading …'); console.log('[]'); console.log('{"id": 99, "label": "x"}');
      process.stdout.write(Buffer.from([0xff, 10]));
      ${each(`${right} console.log('done with ' + id); console.log(JSON.stringify({ id, label: 'again' }));`)}`)
    expect(labelsOf(await target.predict(texts))).toEqual(expected())
  })

  it('from what was started in its folder, with the environment given', async () => {
    const { target, folder } = await program(`import { writeFileSync } from 'node:fs'
      writeFileSync('seen', process.env.GREETING + ' ' + (process.env.HOME ?? 'nobody'))
      ${each(right)}`)
    await target.predict(texts)
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe('hello nobody')
  })

  it('of many texts that it reads no faster than it answers', async () => {
    const { target } = await program(each(right))
    const many = Array.from({ length: 3000 }, (_, at) => `${at} ${'long '.repeat(200)}`)
    expect(labelsOf(await target.predict(many))).toEqual(many.map(text => `is ${text}`))
  })

  it('though it never ends by itself', async () => {
    const { target } = await program(`setInterval(() => {}, 1000); ${each(right)}`)
    expect(labelsOf(await target.predict(texts))).toEqual(expected())
  })
})

describe('what it answered is kept', () => {
  it('where lines are wrong, or missing', async () => {
    const { target } = await program(
      each(`
      if (id === 1) console.log('{"id": 1, "label": ')
      else if (id === 2) console.log('{"id": 2, "score": NaN}')
      else if (id === 3) console.log('{"id": 3, "label": "x", "score": 3}')
      else { ${right} }`),
    )
    const predicted = await target.predict(texts)
    expect(labelsOf(predicted)).toEqual(['is t0', 'no-answer', 'no-answer', 'bad-score', 'is t4'])
    expect(messageOf(predicted[1])).toContain('2 lines it wrote were no answer: “{"id": 1, "label":”')
  })

  it('where it crashes', async () => {
    const { target } = await program(
      each(
        `if (id === 2) { await new Promise(go => process.stderr.write('noise\\nout of memory\\n', go)); process.exit(3) } ${right}`,
      ),
    )
    const predicted = await target.predict(texts)
    expect(labelsOf(predicted)).toEqual(expected(2, 3, 4))
    expect(messageOf(predicted[4])).toMatch(/exit code 3.*out of memory/s)
  })

  it('where a signal ends it', async () => {
    const { target } = await program(each(`if (id === 1) process.kill(process.pid, 'SIGKILL'); else { ${right} }`))
    const predicted = await target.predict(texts)
    expect(messageOf(predicted.at(-1))).toContain('SIGKILL')
  })

  it('where it hangs', async () => {
    const { target } = await program(
      each(`if (id === 3) await new Promise(() => setInterval(() => {}, 1000)); ${right}`),
      {
        timeoutMs: 700,
      },
    )
    const predicted = await target.predict(texts)
    expect(labelsOf(predicted)).toEqual(['is t0', 'is t1', 'is t2', 'timed-out', 'timed-out'])
    expect(messageOf(predicted[3])).toContain('0.7 s')
  })

  it('where it stops reading', async () => {
    const { target } = await program(`let seen = 0
      ${each(`${right} if (++seen === 2) { process.stdin.destroy(); break }`)}`)
    const many = Array.from({ length: 5000 }, (_, at) => `${at} ${'long '.repeat(20)}`)
    const predicted = await target.predict(many)
    expect(labelsOf(predicted).filter(label => label.startsWith('is')).length).toBeGreaterThanOrEqual(2)
    expect(isFailed(predicted.at(-1)!)).toBe(true)
  })
})

describe('it says what is wrong', () => {
  it.each([
    ['no program', ['no-such-program-here'], /no-such-program-here.*none of that name/],
    ['no executable', ['./predict.mjs'], /not executable/],
  ])('where there is %s', async (_, command, words) => {
    const { target } = await program('', { command })
    const error = await rejection(target.predict(texts))
    expect(error.code).toBe('bad-input')
    expect(error.message).toMatch(words)
  })

  it.each([
    ['dies at once', 'throw new Error("no such weights")', /exit code 1.*no such weights/s],
    ['says nothing', each(''), /ended without one/],
    ['babbles', each('console.log("I think it is good")'), /no answer: “I think it is good”/],
    ['sleeps', 'setInterval(() => {}, 1000)', /neither read nor answered/],
  ])('where it %s', async (_, script, words) => {
    const { target } = await program(script, { timeoutMs: 600 })
    const error = await rejection(target.predict(texts))
    expect(error.code).toBe('provider-failed')
    expect(error.message).toMatch(words)
  })

  it('needs a program to be named', () => {
    for (const command of [[], [''], 'python3 predict.py']) {
      expect(targetSettings.safeParse({ kind: 'command', command }).success).toBe(false)
    }
  })
})

describe('nothing of it is left', () => {
  const withChild = `import { spawn } from 'node:child_process'
    import { writeFileSync } from 'node:fs'
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: ['ignore', 'inherit', 'inherit'] })
    writeFileSync('pids.tmp', process.pid + ' ' + child.pid)
    await import('node:fs').then(({ renameSync }) => renameSync('pids.tmp', 'pids'))\n`
  const pidsIn = (folder: string) =>
    readFileSync(join(folder, 'pids'), 'utf8').split(' ').map(Number) as [number, number]

  it('when it is done, though a child of it still holds its output', async () => {
    const { target, folder } = await program(`${withChild} child.unref(); ${each(right)}`)
    expect(labelsOf(await target.predict(texts))).toEqual(expected())
    for (const pid of pidsIn(folder)) expect(await gone(pid)).toBe(true)
  })

  it('when it ends too early, though a child of it still holds its output', async () => {
    const { target, folder } = await program(`${withChild} ${each(`${right} if (id === 2) process.exit(1)`)}`)
    expect(labelsOf(await target.predict(texts))).toEqual(expected(3, 4))
    for (const pid of pidsIn(folder)) expect(await gone(pid)).toBe(true)
  })

  it('when it is stopped, at once', async () => {
    const { target, folder } = await program(`${withChild} process.on('SIGTERM', () => {}); ${each('')}`)
    const controller = new AbortController()
    const predicting = rejection(target.predict(texts, { signal: controller.signal }))
    while (!existsSync(join(folder, 'pids'))) await sleep(20)
    const fromMs = performance.now()
    controller.abort()
    expect((await predicting).code).toBe('interrupted')
    expect(performance.now() - fromMs).toBeLessThan(1000)
    for (const pid of pidsIn(folder)) expect(await gone(pid)).toBe(true)
  })

  it('when its time is over', async () => {
    const { target, folder } = await program(`${withChild} ${each('')}`, { timeoutMs: 1500 })
    expect((await rejection(target.predict(texts))).code).toBe('provider-failed')
    for (const pid of pidsIn(folder)) expect(await gone(pid)).toBe(true)
  })
})
