/** `cultivar taxonomy tree`, as people and scripts run it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { initWorkspace } from '../../src/app/workspace.ts'
import { fetchCommit } from '../../src/git/fetch-commit.ts'
import { temporaryRepository } from '../temporary-repository.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, json } from './command-line.ts'

const pair = (question: string) => ({ question, answer: `An answer to: ${question}` })
const five = [1, 2, 3, 4, 5]

/** JSON is YAML too. */
function qna(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`
}

function skill(seeds: object[]): string {
  return qna({ version: 3, created_by: 'ada', task_description: 'Writes.', seed_examples: seeds })
}

function knowledge(topic: string, document: { repo: string; commit: string; patterns: string[] }): string {
  const seed_examples = five.map(number => ({
    context: `Passage ${number} about ${topic}.`,
    questions_and_answers: [1, 2, 3].map(each => pair(`What do ${topic} do in passage ${number}, line ${each}?`)),
  }))
  return qna({ version: 3, created_by: 'ada', domain: 'bees', document_outline: 'Bees', document, seed_examples })
}

function taxonomy(bees: { repo: string; commit: string }) {
  const repository = temporaryRepository()
  const first = repository.commit({
    'compositional_skills/writing/poems/qna.yaml': skill(five.map(number => pair(`Write poem ${number}.`))),
    'compositional_skills/writing/letters/qna.yaml': skill(
      Array.from({ length: 16 }, (_, number) => pair(number === 7 ? 'write POEM 1' : `Write letter ${number}.`)),
    ),
    'compositional_skills/grounded/summaries/qna.yaml': skill([
      ...[1, 2].map(number => ({ ...pair(`Summarize this, ${number}.`), context: 'The same text.' })),
      ...[3, 4].map(number => ({ ...pair('Summarize this.'), context: `Text ${number}.` })),
      pair('Summarize nothing.'),
    ]),
    'compositional_skills/broken/qna.yaml': 'version: 3\ncreated_by: "ada\n',
    'compositional_skills/broken/qna.yml': '',
    'foundational_skills/reasoning/qna.yaml': skill(five.map(number => pair(`Reason ${number}.`))),
    'knowledge/insects/bees/qna.yaml': knowledge('bees', { ...bees, patterns: ['*.md'] }),
    'knowledge/insects/ants/qna.yaml': knowledge('ants', {
      repo: 'https://127.0.0.1:9/a/b.git',
      commit: 'main',
      patterns: ['a.md', 'b.md'],
    }),
    'knowledge/insects/wasps/qna.yaml': knowledge('wasps', {
      repo: 'ext::touch owned',
      commit: 'main',
      patterns: ['a.md'],
    }),
  })
  repository.write('knowledge/insects/bees/qna.yaml', knowledge('bees', { ...bees, patterns: ['**/*.md'] }))
  repository.write(
    'compositional_skills/writing/songs/qna.yaml',
    skill(five.map(number => pair(`Write song ${number}.`))),
  )
  return { folder: repository.folder, first }
}

async function scene() {
  const documents = temporaryRepository()
  const commit = documents.commit({ 'bees.md': 'Bees dance.' })
  const workspace = temporaryFolder()
  await initWorkspace(workspace)
  const cache = join(workspace, '.cultivar', 'repositories')
  await fetchCommit({ repo: documents.folder, commit }, cache, { environment: { PATH: process.env['PATH'] } })
  return { ...taxonomy({ repo: documents.folder, commit }), workspace, commit }
}

it('shows leaves with kinds, seeds, documents and problems, what changed, and what to look at', async () => {
  const { folder, workspace, commit } = await scene()
  const { code, stdout, stderr } = await cultivar(workspace, ['taxonomy', 'tree', folder, '--since', 'HEAD'])
  expect(code, stderr).toBe(0)
  const line = (text: string) => stdout.split('\n').find(each => each.includes(text))
  expect(stdout).toMatch(/: 8 leaves, 46 seeds, 2 changed since HEAD\n/)
  expect(line('poems')).toMatch(/^ {4}├── poems +free-form +5 seeds$/)
  expect(line('songs')).toMatch(/free-form +5 seeds {2}● changed$/)
  expect(line('summaries')).toMatch(/grounded +5 seeds$/)
  expect(line('bees ')).toMatch(/knowledge +5 seeds, 15 pairs {2}● changed$/)
  expect(stdout).toMatch(new RegExp(`\\*\\*/\\*\\.md in .* at ${commit.slice(0, 7)}, fetched`))
  expect(stdout).toContain('2 patterns in a/b at main, which may move, not fetched yet')
  expect(stdout).toMatch(/✗ “ext::touch owned” cannot be the address/)
  expect(line('broken')).toContain('not valid')
  expect(stdout).toMatch(/✗ 1 error; line 2: /)
  expect(stdout).toMatch(/^together +8 +46 +76 +2 +\d/m)
  expect(stdout).toMatch(/! Leaves differ more than threefold in seeds, from 5 to 16\.\n {4}.*letters: 16 seeds/)
  expect(stdout).toMatch(/summaries: one context stands in 2 of 5\s+seeds/)
  expect(stdout).toMatch(/summaries: 4 of 5 seeds with a context/)
  expect(stdout).toMatch(/letters and compositional_skills\/writing\/poems:\s+“write POEM 1”/)
  expect(stdout).toContain('compositional_skills/broken/qna.yml')
  expect(stdout).toMatch(/1 leaf in foundational_skills/)
  for (const each of stdout.split('\n')) expect(each.length, each).toBeLessThanOrEqual(80)
})

it('gives the same to programs', async () => {
  const { folder, workspace, first } = await scene()
  const args = ['taxonomy', 'tree', folder, '--foundational', '--json', '--since']
  const tree = json(await cultivar(workspace, [...args, first]))
  expect(tree.leaves.map(({ path }: { path: string }) => path)).toEqual([
    'compositional_skills/broken',
    'compositional_skills/grounded/summaries',
    'compositional_skills/writing/letters',
    'compositional_skills/writing/poems',
    'compositional_skills/writing/songs',
    'foundational_skills/reasoning',
    'knowledge/insects/ants',
    'knowledge/insects/bees',
    'knowledge/insects/wasps',
  ])
  const bees = tree.leaves.find(({ path }: { path: string }) => path.endsWith('bees'))
  expect(bees).toMatchObject({
    kind: 'knowledge',
    seeds: 5,
    pairs: 15,
    changed: true,
    document: { fetched: true, moving: false },
  })
  expect(tree.warnings.map(({ about }: { about: string }) => about)).toEqual([
    'uneven-seeds',
    'repeated-context',
    'mixed-kinds',
    'shared-question',
  ])
  const all = json(await cultivar(workspace, [...args, 'empty']))
  expect(all.leaves.every(({ changed }: { changed: boolean }) => changed)).toBe(true)
})

it('needs no workspace, and says what a folder lacks to be a taxonomy', async () => {
  const { folder } = await scene()
  const outside = temporaryFolder()
  const shown = await cultivar(outside, ['taxonomy', 'tree', folder])
  expect(shown.code, shown.stderr).toBe(0)
  expect(shown.stdout).not.toContain('changed')
  const file = (path: string) => {
    mkdirSync(join(outside, dirname(path)), { recursive: true })
    writeFileSync(join(outside, path), '')
  }
  file('elsewhere/some/qna.yaml')
  file('basics/foundational_skills/a/qna.yaml')
  mkdirSync(join(outside, 'empty'))
  const cases: [string[], RegExp][] = [
    [
      ['empty'],
      /is not a taxonomy: there is no qna\.yaml below compositional_skills\/ or knowledge\/.*\nhint: The folder is empty/,
    ],
    [['elsewhere'], /not a taxonomy.*\nhint: There are 1 elsewhere, as some\/qna\.yaml/],
    [['basics'], /hint: .*--foundational reads them/],
    [[join(folder, 'knowledge', 'insects')], /hint: It is part of one: give .* instead/],
    [['missing'], /no folder “.*missing”/],
    [[folder, '--since', 'mian'], /did you mean “main”/],
  ]
  const ended = await Promise.all(cases.map(([args]) => cultivar(outside, ['taxonomy', 'tree', ...args])))
  for (const [at, { code, stdout, stderr }] of ended.entries()) {
    expect(code, stderr).toBe(2)
    expect(stderr).toMatch(cases[at]![1])
    expect(stdout).toBe('')
  }
})
