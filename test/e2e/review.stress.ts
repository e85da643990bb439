/** Review at the command line: by commands while a run goes on elsewhere, and at a real terminal. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { type Script, teacher } from '../../src/testing/index.ts'
import { cultivar, json, launcher, serve, shopWorkspace, start } from './command-line.ts'

const line = ['run', 'few-shot', '--param', 'label=order_status', '--param', 'perCall=2', '--target', '60']
/** Says the same to the same question whenever it is asked, so that two runs can be compared. */
const steady: Script = request => teacher()({ ...request, repeat: 0 })

it('decides on records while another process grows the project, which neither loses nor changes anything', async () => {
  const server = await serve({ script: steady, latency: { kind: 'fixed', ms: 200 } })
  const [quiet, folder] = [await shopWorkspace(server), await shopWorkspace(server)]
  const alone = await cultivar(quiet, [...line, '--json'])
  const before = server.counts.received
  const running = start(folder, [...line, '--concurrency', '1', '--json'])
  // From its first call on, the run has frozen what it knows.
  await until(() => server.counts.received > before)
  const run = async (args: string[]) => {
    const ended = await cultivar(folder, ['records', ...args, '--json'], { environment: { USER: 'ada' } })
    expect(ended.code, `${args.join(' ')}\n${ended.stdout}\n${ended.stderr}`).toBe(0)
    return json(ended)
  }
  const seeds = await run(['list', '--limit', '100'])
  const ids = seeds.map(({ id }: { id: string }) => id)
  expect(await run(['accept', '--all'])).toMatchObject({ decided: expect.any(Number), unchanged: 0 })
  await run(['edit', ids[0], '--set', 'text=Something else altogether'])
  expect(running.child.exitCode).toBe(null)
  await run(['tag', 'seen', ids[1], ids[2].slice(0, 12)])
  await run(['relabel', 'return_item', '--tag', 'seen'])
  await run(['reject', '--status', 'accepted', '--label', 'payment_failed'])
  expect(await run(['undo', '2'])).toHaveLength(2)
  const grown = await running.ended
  expect(grown.code, grown.stderr).toBe(0)
  expect(json(grown)).toMatchObject({ kept: 60, state: 'done' })

  const kept = async (where: string) => {
    const list = await cultivar(where, ['records', 'list', '--outcome', 'kept', '--limit', '100', '--json'])
    return json(list).map(({ id, fields, labels }: Record<string, unknown>) => ({ id, fields, labels }))
  }
  expect(alone.code, alone.stderr).toBe(0)
  expect(await kept(folder)).toEqual(await kept(quiet))
  const log = await run(['decisions', '--limit', '1000'])
  expect(log.map(({ sequence }: { sequence: number }) => sequence)).toEqual(
    log.map((_: unknown, i: number) => log.length - i),
  )
  expect(new Set(log.map(({ who }: { who: string }) => who))).toEqual(new Set(['ada']))
  const lineage = await cultivar(folder, ['records', 'lineage', ids[0]])
  expect(lineage.stdout).toMatch(/Decisions\n {2}\d+: [\d: -]+ UTC, accept by ada: pending → accepted/)
  expect(lineage.stdout).toContain('→ “Something else altogether”')
})

it('says what to do where nothing was named, nothing fits, or nothing can be taken back', async () => {
  const folder = await shopWorkspace(await serve({ script: steady }))
  const refused: [string[], RegExp][] = [
    [['accept'], /Name them by id, or choose them/],
    [['accept', 'zzzz'], /There is no record “zzzz”/],
    [['accept', 'zzzz', '--all'], /not both/],
    [['relabel', 'order_statsu', '--all'], /did you mean “order_status”/],
    [['undo'], /no decision .*that could be taken back/],
    [['review'], /needs a terminal[\s\S]*records accept/],
  ]
  for (const [args, message] of refused) {
    const { code, stdout, stderr } = await cultivar(folder, ['records', ...args])
    expect(stderr).toMatch(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  }
  const none = await cultivar(folder, ['records', 'accept', '--tag', 'nowhere'])
  expect(none).toMatchObject({ code: 0, stdout: 'No record fits: nothing was decided.\n' })
})

/** Gives a program a terminal; part of every Debian, as of most Linux distributions. */
const scriptProgram = '/usr/bin/script'
const hasScript = process.platform === 'linux' && spawnSync(scriptProgram, ['--version']).stdout?.includes('util-linux')
if (!hasScript)
  process.stderr.write('\n  SKIPPED: no “script” of util-linux here, so the reviewer is not driven at a terminal.\n\n')

it.runIf(hasScript)('reviews at a terminal, one key each, and leaves it as it was', async () => {
  const folder = await shopWorkspace(await serve({ script: steady }))
  const terminal = openTerminal(folder, ['records', 'review', '--by', 'ada'])
  await terminal.shows('1 of 40')
  expect(terminal.seen()).toContain('\u001b[?1049h')
  await terminal.type('a', '2 of 40')
  await terminal.type('r', '3 of 40')
  await terminal.type('e', 'Enter stores')
  await terminal.type(' – wörtlich 語\r', 'Stored as decision 3')
  await terminal.type('l2', 'Stored as decision 4')
  await terminal.type('ttag of mine\r', 'Stored as decision 5')
  await terminal.type('u', 'Took back decision 5')
  await terminal.type('\u001b[200~aaaa\u001b[201~s', '4 of 40')
  await terminal.type('q', 'accepted')
  expect(await terminal.ended).toBe(0)
  expect(terminal.seen()).toContain('\u001b[?1049l')
  expect(terminal.seen().lastIndexOf('\u001b[?25h')).toBeGreaterThan(terminal.seen().lastIndexOf('\u001b[?25l'))
  expect(terminal.seen()).toContain('1 accepted, 1 rejected, 1 edited, 1 relabelled.')

  const log = json(await cultivar(folder, ['records', 'decisions', '--json']))
  expect(log.map(({ kind }: { kind: string }) => kind)).toEqual(['undo', 'tag', 'relabel', 'edit', 'reject', 'accept'])
  expect(log[3].after.content.fields.text).toMatch(/ – wörtlich 語$/)
  expect(log[2].after.content.labels).toEqual(['return_item'])
})

it.runIf(hasScript)(
  'ends at Ctrl-C with everything stored, and gives the terminal back when it is killed',
  async () => {
    const folder = await shopWorkspace(await serve({ script: steady }))
    const terminal = openTerminal(folder, ['records', 'review'])
    await terminal.shows('1 of 40')
    await terminal.type('a', '2 of 40')
    await terminal.type('\u0003', '1 accepted')
    expect(await terminal.ended).toBe(130)
    const other = openTerminal(folder, ['records', 'review'])
    await other.shows('1 of 39')
    process.kill(other.reviewer(), 'SIGTERM')
    await other.ended
    expect(other.seen()).toContain('\u001b[?1049l')
  },
)

/** The command line at a pseudo terminal; its exit code comes through. */
function openTerminal(folder: string, args: string[]) {
  const command = [process.execPath, launcher, ...args].map(word => `'${word}'`).join(' ')
  const child: ChildProcess = spawn(
    scriptProgram,
    ['--quiet', '--return', '--command', `stty cols 80 rows 24; exec ${command}`, '/dev/null'],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, TERM: 'xterm', SHELL: '/bin/sh' },
      stdio: 'pipe',
    },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  let seen = ''
  /** What was shown already when the last key was pressed. */
  let from = 0
  child.stdout!.setEncoding('utf8').on('data', chunk => {
    seen += chunk
  })
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  const shows = async (text: string) => {
    const shown = () => seen.slice(from).includes(text)
    await until(shown).catch(() =>
      Promise.reject(new Error(`It never showed “${text}”: ${JSON.stringify(seen.slice(from))}`)),
    )
  }
  return {
    ended,
    shows,
    seen: () => seen,
    async type(keys: string, expected: string) {
      from = seen.length
      child.stdin!.write(keys)
      await shows(expected)
    },
    reviewer: () => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')),
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let waitedMs = 0; !holds(); waitedMs += 20) {
    if (waitedMs > 20_000) throw new Error('It did not come to hold.')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
