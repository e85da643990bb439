/** Verdicts on qna.yaml files: which are accepted, and what is said of the others, where. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readQna } from './read-qna.ts'

const skillSeeds = (count: number) =>
  Array.from({ length: count }, (_, i) => `  - question: q${i}\n    answer: a${i}\n`).join('')
const skill = `version: 3\ncreated_by: ada\ntask_description: rhymes\nseed_examples:\n${skillSeeds(5)}`
const oldSkill = `created_by: ada\ntask_description: rhymes\nseed_examples:\n${skillSeeds(1)}`
const pairsOf = (seed: number) => [0, 1, 2].map(i => `      - question: q${seed}${i}\n        answer: a${i}\n`).join('')
const knowledgeSeeds = [0, 1, 2, 3, 4]
  .map(seed => `  - context: c${seed}\n    questions_and_answers:\n${pairsOf(seed)}`)
  .join('')
const knowledge = `version: 3
created_by: ada
domain: birds
document_outline: about finches
document:
  repo: https://example.org/birds.git
  commit: 0f1e2d
  patterns: [finches/*.md]
seed_examples:
${knowledgeSeeds}`

const skillPath = 'compositional_skills/rhymes/qna.yaml'
const knowledgePath = 'knowledge/birds/qna.yaml'
const found = (path: string, content: string | Uint8Array) =>
  readQna(path, content).problems.map(({ line, column, severity, rule }) => `${line}:${column} ${severity} ${rule}`)

it('reads a sound skill, a grounded one and a knowledge leaf, without a word', () => {
  expect(readQna(`/home/ada/taxonomy/${skillPath}`, skill)).toEqual({
    leaf: {
      ...{ path: 'compositional_skills/rhymes', kind: 'freeform', version: 3, createdBy: 'ada' },
      ...{ taskDescription: 'rhymes', domain: '', documentOutline: '' },
      seeds: Array.from({ length: 5 }, (_, i) => ({ context: '', pairs: [{ question: `q${i}`, answer: `a${i}` }] })),
    },
    version: 3,
    problems: [],
  })
  const grounded = skill.replace(/- question: (q\d)/g, '- context: about $1\n    question: $1')
  expect(readQna(skillPath, grounded)).toMatchObject({ leaf: { kind: 'grounded' }, problems: [] })
  const { leaf, problems } = readQna(knowledgePath, knowledge)
  expect(problems).toEqual([])
  expect(leaf).toMatchObject({
    ...{ kind: 'knowledge', domain: 'birds', documentOutline: 'about finches', taskDescription: '' },
    document: { repo: 'https://example.org/birds.git', commit: '0f1e2d', patterns: ['finches/*.md'] },
  })
  expect(leaf!.seeds[4]).toEqual({
    context: 'c4',
    pairs: [0, 1, 2].map(i => ({ question: `q4${i}`, answer: `a${i}` })),
  })
})

it.each<[what: string, path: string, content: string, problems: string[]]>([
  ['another file name', 'knowledge/birds/qna.yml', knowledge, ['1:1 error file-name']],
  ['an empty file', skillPath, '', ['1:1 warning empty-file']],
  ['comments alone', skillPath, '# soon\n', ['1:1 warning empty-file']],
  ['an empty mapping', skillPath, '{}\n', ['1:1 warning empty-file']],
  ['a list at the top', skillPath, '- question: q\n', ['1:1 error top-level']],
  ['a text at the top', skillPath, 'hello\n', ['1:1 error top-level']],
  ['a NUL', skillPath, 'a: b\nc: d\0\n', ['2:5 error character']],
  ['no YAML', skillPath, 'version: 3\ncreated_by: "ada\n', ['2:13 error syntax']],
  ['two documents', skillPath, `${skill}---\n${skill}`, ['15:1 error syntax']],
  ['version 1 of a skill', skillPath, `version: 1\n${oldSkill}`, []],
  ['no version of a skill', skillPath, oldSkill, []],
  ['version 2 of a skill', skillPath, skill.replace('3', '2'), []],
  ['version 3.0', skillPath, skill.replace('version: 3', 'version: 3.0'), []],
  ['version 4', skillPath, skill.replace('3', '4'), ['1:10 error version']],
  ['version yes', skillPath, skill.replace('version: 3', 'version: yes'), ['1:10 error version']],
  ['a quoted version', skillPath, skill.replace('3', "'3'"), ['1:10 error type', '1:10 error version']],
  ['version 1 of knowledge', knowledgePath, knowledge.replace('3', '1'), ['1:10 error deprecated-version']],
  ['version 2 of knowledge', knowledgePath, knowledge.replace('3', '2'), ['1:10 error deprecated-version']],
  ['knowledge without a version', knowledgePath, 'domain: birds\n', ['1:1 error deprecated-version']],
  [
    'a misspelt key',
    skillPath,
    skill.replace('created_by', 'createdby'),
    ['1:1 error required', '2:1 error unknown-key'],
  ],
  ['two unknown keys', skillPath, `${skill}x: 1\ny: 2\n`, ['15:1 error unknown-key']],
  ['an unknown key in a seed', skillPath, `${skill}    attribution: me\n`, ['15:5 error unknown-key']],
  ['an unknown key in a pair', knowledgePath, knowledge.replace('q00\n', 'q00\n        note: n\n'), []],
  ['a key without a value', skillPath, skill.replace(' ada', ''), ['2:12 error type']],
  ['an empty text', skillPath, skill.replace('ada', '""'), ['2:13 error empty-text']],
  ['a boolean for an answer', skillPath, skill.replace('a0', 'yes'), ['6:13 error type']],
  ['a number for an answer', skillPath, skill.replace('a0', '12:30'), ['6:13 error type']],
  ['a date for an answer', skillPath, skill.replace('a0', '2024-02-29'), ['6:13 error type']],
  ['a mapping for an answer', skillPath, skill.replace('a0', '{a: b}'), ['6:13 error type']],
  ['a text for a seed', skillPath, skill.replace('seed_examples:', 'seed_examples:\n  - why'), ['5:5 error type']],
  ['seeds that are no list', skillPath, oldSkill.replace(/(seed_examples:)[\s\S]*/, '$1 five\n'), ['3:16 error type']],
  ['four seeds', skillPath, skill.replace(skillSeeds(5), skillSeeds(4)), ['5:3 error too-few']],
  ['a seed that comes twice', skillPath, skill + skillSeeds(1), ['15:5 error repeated']],
  ['a seed less its answer', skillPath, skill.replace('    answer: a1\n', ''), ['7:5 error required']],
  ['two pairs', knowledgePath, knowledge.replace(/ {6}- question: q02\n.*\n/, ''), ['12:7 error too-few']],
  ['a pattern that comes twice', knowledgePath, knowledge.replace('[', '[a, a, '), ['8:17 error repeated']],
  ['a document less its commit', knowledgePath, knowledge.replace(/ {2}commit.*\n/, ''), ['6:3 error required']],
  ['style', skillPath, skill.replace('ada', 'ada '), ['2:16 error trailing-spaces']],
  ['style of version 1', skillPath, oldSkill.replace('ada', 'ada '), []],
  ['style beside a mistake', skillPath, `${skill}x: 1 \n`, ['15:1 error unknown-key', '15:5 error trailing-spaces']],
  ['Windows line ends', skillPath, skill.replaceAll('\n', '\r\n'), []],
  ['a byte-order mark', skillPath, `\ufeff${skill}`, []],
])('says of %s what InstructLab would', (_, path, content, problems) => {
  expect(found(path, content)).toEqual(problems)
})

it('counts the same seeds by merge, alias and spelling as the same', () => {
  const head = 'version: 3\ncreated_by: ada\ntask_description: rhymes\nseed_examples:\n'
  const seeds = (last: string) => `${head}  - &a\n    question: x\n    answer: b\n${skillSeeds(4)}  - ${last}\n`
  for (const last of ['*a', '<<: *a', '{answer: "b", question: !!str x}', '&b\n    <<: [*a]'])
    expect(found(skillPath, seeds(last))).toEqual([
      expect.stringMatching(/^1[68]:5 error repeated$|^5:5 error repeated$/),
    ])
  expect(found(skillPath, seeds('{<<: *a, question: another}'))).toEqual([])
})

it('takes the folder for what the file must be, and outside both looks whether it names documents', () => {
  expect(found('/knowledge/compositional_skills/x/qna.yaml', skill)).toEqual([])
  expect(found('/compositional_skills/knowledge/x/qna.yaml', skill)).toContain('1:1 error required')
  expect(found('elsewhere/qna.yaml', knowledge)).toEqual(['1:1 warning placement'])
  expect(found('foundational_skills/logic/qna.yaml', skill)).toEqual(['1:1 warning placement'])
  expect(readQna('/t/foundational_skills/logic/qna.yaml', skill).leaf!.path).toBe('foundational_skills/logic')
})

it('advises where the schema is content, without refusing the leaf', () => {
  const advised: [string, string, string[]][] = [
    [skillPath, skill.replace('- question: q3', '- context: c\n    question: q3'), ['5:5 warning mixed-seeds']],
    [knowledgePath, knowledge.replace(/context: c\d/g, 'context: same'), ['10:3 warning repeated-context']],
    [knowledgePath, knowledge.replace(pairsOf(0), pairsOf(0) + pairsOf(5)), ['18:9 warning many-pairs']],
    [knowledgePath, knowledge.replace('c0', 'word '.repeat(501).trim()), ['10:14 warning long-context']],
    [skillPath, skill.replace('a0', 'word '.repeat(251).trim()), ['6:13 warning long-answer']],
    [skillPath, skill.replace('q0', 'word '.repeat(250).trim()), []],
  ]
  for (const [path, text, problems] of advised) {
    expect(found(path, text)).toEqual(problems)
    expect(readQna(path, text).leaf).toBeDefined()
    expect(readQna(path, text).problems.every(({ from }) => from === 'advice')).toBe(true)
  }
})

it('says what to do so that it can be done', () => {
  const repair = (text: string) => readQna(skillPath, text).problems.map(one => one.repair)
  expect(repair(skill.replace('created_by', 'createdby'))).toContain('Rename “createdby” to “created_by”.')
  expect(repair(skill.replace('a0', 'yes'))).toEqual(['Quote it: "yes"'])
  expect(repair(skill.replace(skillSeeds(5), skillSeeds(3)))).toEqual(['Add 2 more seed examples.'])
  expect(repair(`created_by: ada\nseed_examples:\n${skillSeeds(1)}`)).toEqual(['Add “task_description:” with a text.'])
})

it('names the place where a file stops being UTF-8', () => {
  const bytes = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))
  expect(found(skillPath, bytes('created_by: ada\nx: caf\xe9\n'))).toEqual(['2:7 error not-utf-8'])
  expect(found(skillPath, bytes('\xef\xbf\xbd: \xff\n'))).toEqual(['1:4 error not-utf-8'])
  expect(found(skillPath, new TextEncoder().encode(skill.replace('ada', 'Åsa 🐦')))).toEqual([])
})

it('refuses what is too large, too deep or merges without end, at once', () => {
  const bomb = Array.from({ length: 30 }, (_, i) => `k${i + 1}: &k${i + 1} [*k${i}, *k${i}]\n`).join('')
  const merges = Array.from({ length: 30 }, (_, i) => `k${i + 1}: &k${i + 1} {<<: [*k${i}, *k${i}]}\n`).join('')
  const wide = `m: &m {${Array.from({ length: 500 }, (_, i) => `k${i}: v`).join(', ')}}\nl:\n${'- <<: *m\n'.repeat(500)}`
  const cases: [string | Uint8Array, string][] = [
    [new Uint8Array(50 * 2 ** 20), '1:1 error too-large'],
    ['['.repeat(100_000), '1:481 error syntax'],
    ['- '.repeat(100_000), '1:961 error syntax'],
    ['{? '.repeat(100_000), '1:1441 error syntax'],
    [`k0: &k0 [x]\n${bomb}`, '1:1 error required'],
    [`k0: &k0 {a: b}\n${merges}`, '1:1 error required'],
    [wide, '203:3 error syntax'],
    ['a: &a [*a, *a]\nseed_examples: *a\n', '1:1 error required'],
    [`a: &a {<<: *a}\n`, '1:1 error required'],
  ]
  const start = performance.now()
  for (const [content, problem] of cases) expect(found(skillPath, content)).toContain(problem)
  expect(performance.now() - start).toBeLessThan(5000)
})

/** Anything a keyboard and its owner can make of a sound file. */
const spoilt = fc
  .array(
    fc.record({
      at: fc.nat(knowledge.length),
      cut: fc.nat(6),
      put: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 4 }),
        fc.constantFrom(
          '\t',
          '\n',
          ': ',
          '- ',
          '|',
          '"',
          "'",
          '&a ',
          '*a',
          '<<: ',
          '[',
          '}',
          '#',
          '!!int ',
          '? ',
          '---\n',
        ),
      ),
    }),
    { maxLength: 6 },
  )
  .map(edits => edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), knowledge))

it('never throws, is done soon, and names places that are in the file', () => {
  const content = fc.oneof(spoilt, fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 300 }))
  const path = fc.constantFrom(skillPath, knowledgePath, 'x/qna.yaml', '/qna.yaml', '', 'qna.yml')
  const start = performance.now()
  fc.assert(
    fc.property(path, content, (where, what) => {
      const text = typeof what === 'string' ? what : new TextDecoder().decode(what)
      const lines = text.replace(/\r\n?/g, '\n').split('\n')
      const { leaf, problems } = readQna(where, what)
      for (const { line, column, message, repair } of problems) {
        expect(line).toBeGreaterThan(0)
        expect(lines.length).toBeGreaterThanOrEqual(line)
        expect(column).toBeGreaterThan(0)
        expect([...lines[line - 1]!].length + 1).toBeGreaterThanOrEqual(column)
        expect(message).not.toMatch(/\p{Cc}/u)
        expect(repair).not.toBe('')
      }
      const refused = problems.some(({ severity, from }) => severity === 'error' && from !== 'style')
      if (leaf) expect(refused).toBe(false)
    }),
    { numRuns: 3000 },
  )
  expect(performance.now() - start).toBeLessThan(30_000)
})
