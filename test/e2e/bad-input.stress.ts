/** What users get wrong, and what they are told. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { teacher } from '../../src/testing/index.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, json, launcher, serve, shopWorkspace, start } from './command-line.ts'

it('says what to do next, with exit code 2 and nothing on stdout', async () => {
  const folder = await shopWorkspace(await serve({ script: teacher() }))
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content)
    return name
  }
  const cases: [string[], RegExp][] = [
    [['recrods', 'list'], /unknown command 'recrods'\nhint: Did you mean records\?/],
    [['run', 'few-shot', '--targt', '5'], /unknown option '--targt'\nhint: Did you mean --target\?/],
    [['records', 'import', file('empty.csv', '')], /empty\.csv|empty/],
    [['records', 'import', file('binary.csv', Buffer.from([0x89, 0x50, 0, 1, 2, 0, 255, 0, 3]))], /text/],
    [['records', 'import', 'missing.csv'], /missing\.csv cannot be read/],
    [['run', file('empty.yaml', '\n')], /empty\.yaml:1:1: the file is empty/],
    [['run', file('unclosed.yaml', 'project: "support\n')], /unclosed\.yaml:\d+:\d+: /],
    [['run', 'few-shto'], /did you mean the generator “few-shot”\?/],
    [['run', 'few-shot', '--teacher', 'gtp'], /There is no provider “gtp”; did you mean “gpt”\?/],
    [['projects', 'show', 'suport'], /did you mean “support”\?/],
  ]
  const ended = await Promise.all(cases.map(([args]) => cultivar(folder, args)))
  for (const [at, { code, stdout, stderr }] of ended.entries()) {
    const [args, message] = cases[at]!
    expect(code, `${args.join(' ')}\n${stderr}`).toBe(2)
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/^error: [\s\S]*\nhint: /)
    expect(stdout).toBe('')
  }
})

it('keeps the good rows of a file and reports the others by line and column', async () => {
  const folder = await shopWorkspace(await serve({ script: teacher() }))
  const rows = [
    '{"text":"fine","label":"return_item"}',
    '{"text":',
    '{"text":"a \\ud800 b","label":"return_item"}',
    '[1]',
  ]
  writeFileSync(join(folder, 'mixed.jsonl'), rows.join('\n'))
  const ended = await cultivar(folder, ['records', 'import', 'mixed.jsonl', '--json'])
  expect(ended.code, ended.stderr).toBe(0)
  const report = json(ended)
  expect(report.added + report.badRows).toBe(4)
  expect(report.bad.map(({ line }: { line: number }) => line)).toEqual(expect.arrayContaining([2, 4]))
  const text = await cultivar(folder, ['records', 'import', 'mixed.jsonl'])
  expect(text.stdout).toContain(`${report.added} were there already`)
  expect(text.stdout).toMatch(/line 2.*:/)
})

it('refuses a workspace of a newer version and leaves it alone; without one, says how to make it', async () => {
  const folder = await shopWorkspace(await serve({ script: teacher() }))
  const database = new DatabaseSync(join(folder, '.cultivar', 'workspace.db'))
  database.exec('insert into version (number) values (999)')
  database.close()
  const newer = await cultivar(folder, ['projects', 'list', '--json'])
  expect(newer.code).toBe(2)
  expect(json(newer)).toMatchObject({ error: { code: 'workspace-newer', hint: expect.stringContaining('Update') } })
  const none = await cultivar(temporaryFolder(), ['projects', 'list'])
  expect(none.code).toBe(2)
  expect(none.stderr).toContain('cultivar init')
})

it('ends quietly when whoever reads its output has had enough', async () => {
  const folder = await shopWorkspace(await serve({ script: teacher() }))
  const { child, ended } = start(folder, ['records', 'export'])
  child.stdout?.destroy()
  expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' })
})

it('shows help without loading what only running a command needs', () => {
  const hooks = `import { registerHooks } from 'node:module'
    registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context) } })`
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hooks)}`, launcher, '--help'],
    { encoding: 'utf8' },
  )
  const loaded = stderr.split('\n').filter(url => url.startsWith('file:'))
  expect(loaded.some(url => url.endsWith('/src/cli/program.ts'))).toBe(true)
  const packages = loaded.flatMap(url => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? [])
  expect([...new Set(packages)]).toEqual(['commander'])
  expect(loaded.filter(url => /\/src\/(engine|stores|generators|critics|formats)\//.test(url))).toEqual([])
})
