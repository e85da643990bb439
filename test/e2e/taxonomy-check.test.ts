/** `cultivar taxonomy check` as it is run, at a desk and by a workflow. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, json } from './command-line.ts'

const seeds = [1, 2, 3, 4, 5].map(i => `  - question: q${i}\n    answer: a${i}\n`).join('')
const sound = `version: 3\ncreated_by: ada\ntask_description: rhymes\nseed_examples:\n${seeds}`

/** A folder with these files; a leaf has its attribution unless it is said to lack it. */
function taxonomy(files: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

const mixed = {
  'compositional_skills/good/qna.yaml': sound,
  'compositional_skills/good/attribution.txt': 'Ada, CC0\n',
  'compositional_skills/bare/qna.yaml': sound,
  'compositional_skills/bad, very/qna.yaml': sound.replace('a2', 'yes').replace('rhymes', '"100%'),
  'compositional_skills/named/QNA.yml': sound,
  'knowledge/old/qna.yaml': sound.replace('3', '1'),
  'foundational_skills/logic/qna.yaml': 'no leaf\n',
  '.github/workflows/qna.yaml': 'no leaf\n',
  'README.yaml': 'no leaf\n',
}

it('lists problems by file, place, rule and repair, counts them, and exits with 2', async () => {
  const { code, stdout, stderr } = await cultivar(taxonomy(mixed), ['taxonomy', 'check', '.'])
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(/^compositional_skills\/bad, very\/qna\.yaml:3:19 error \[syntax\] .+ — Close it .+\.$/),
    expect.stringMatching(/^compositional_skills\/bare\/qna\.yaml:1:1 warning \[attribution\] .+ — .+\.$/),
    expect.stringMatching(/^compositional_skills\/named\/QNA\.yml:1:1 error \[file-name\] .+ — Rename it to qna\.yaml/),
    expect.stringMatching(
      /^knowledge\/old\/qna\.yaml:1:10 error \[deprecated-version\] .+Minimum supported version is 3\. — /,
    ),
    '5 files: 2 accepted, 3 not; 3 errors, 1 warning',
    '',
  ])
  expect(stderr).toContain('Not checked: 1 below foundational_skills')
  expect(code).toBe(2)
})

it('checks foundational skills when asked to, and counts warnings as errors when strict', async () => {
  const folder = taxonomy(mixed)
  const all = await cultivar(folder, ['taxonomy', 'check', '.', '--foundational'])
  expect(all.stdout).toContain('foundational_skills/logic/qna.yaml:1:1 error [top-level]')
  const lenient = await cultivar(folder, ['taxonomy', 'check', 'compositional_skills/bare'])
  expect(lenient.code).toBe(0)
  const strict = await cultivar(folder, ['taxonomy', 'check', 'compositional_skills/bare/qna.yaml', '--strict'])
  expect(strict.stdout).toContain(':1:1 error [attribution]')
  expect(strict.code).toBe(2)
})

it('speaks GitHub’s language, with everything escaped', async () => {
  const folder = taxonomy({ 'knowledge/a, b: 1%/qna.yaml': `${sound}"50%": x\n` })
  const { stdout } = await cultivar(folder, ['taxonomy', 'check', 'knowledge', '--format', 'github'])
  const line = stdout.split('\n').find(each => each.includes('title=unknown-key'))
  expect(line).toMatch(
    /^::error file=knowledge\/a%2C b%3A 1%25\/qna\.yaml,line=\d+,col=\d+,title=unknown-key::.*“50%25”/,
  )
})

it('gives the same to programs', async () => {
  const ended = await cultivar(taxonomy(mixed), ['taxonomy', 'check', '.', '--json'])
  const { files, counts } = json(ended)
  expect(counts).toEqual({ files: 5, accepted: 2, errors: 3, warnings: 1 })
  expect(
    files.map((file: { path: string; kind?: string; accepted: boolean }) => [file.path, file.kind, file.accepted]),
  ).toEqual([
    ['compositional_skills/bad, very/qna.yaml', undefined, false],
    ['compositional_skills/bare/qna.yaml', 'freeform', true],
    ['compositional_skills/good/qna.yaml', 'freeform', true],
    ['compositional_skills/named/QNA.yml', undefined, false],
    ['knowledge/old/qna.yaml', undefined, false],
  ])
  expect(ended.code).toBe(2)
})

it('looks at what changed since a reference only', async () => {
  const folder = taxonomy(mixed)
  const git = (...args: string[]) => {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false']
    expect(spawnSync('git', [...who, ...args], { cwd: folder }).status).toBe(0)
  }
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'first')
  const none = await cultivar(folder, ['taxonomy', 'check', '.', '--since', 'HEAD'])
  expect(none.stdout).toBe('0 files: 0 accepted, 0 not; 0 errors, 0 warnings\n')
  expect(none.code).toBe(0)
  writeFileSync(join(folder, 'compositional_skills/good/qna.yaml'), sound.replace('ada', 'ada '))
  const changed = await cultivar(folder, ['taxonomy', 'check', '.', '--since', 'HEAD'])
  expect(changed.stdout).toMatch(
    /^compositional_skills\/good\/qna\.yaml:2:16 error \[trailing-spaces\].*\n1 file: 0 accepted/,
  )
  const unchanged = await cultivar(folder, ['taxonomy', 'check', 'knowledge/old/qna.yaml', '--since', 'HEAD'])
  expect(unchanged.code).toBe(0)
})

it('says what is missing where there is nothing to check', async () => {
  const folder = taxonomy({ 'docs/a.txt': 'x' })
  for (const path of ['nowhere', 'docs']) {
    const { code, stdout, stderr } = await cultivar(folder, ['taxonomy', 'check', path])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^error: There is no .*\nhint: /)
  }
})

it('survives any file', async () => {
  const folder = taxonomy({
    'knowledge/large/qna.yaml': 'x'.repeat(50 * 2 ** 20),
    'knowledge/deep/qna.yaml': '['.repeat(500_000),
    'knowledge/nul/qna.yaml': 'a: b\0',
  })
  mkdirSync(join(folder, 'knowledge/latin'))
  writeFileSync(join(folder, 'knowledge/latin/qna.yaml'), Buffer.from('a: \xe9\n', 'latin1'))
  const { code, stdout } = await cultivar(folder, ['taxonomy', 'check', 'knowledge'])
  for (const rule of ['too-large', 'syntax', 'character', 'not-utf-8']) expect(stdout).toContain(`error [${rule}]`)
  expect(code).toBe(2)
})
