/** What is built in keeps the laws that are published for plug-ins. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, it } from 'vitest'
import { readingTeacher } from '../../test/reading-teacher.ts'
import { small, treeFiles } from '../../test/taxonomy-tree.ts'
import * as builtInCritics from '../critics/index.ts'
import type { AnyCritic, AnyGenerator } from '../engine/define.ts'
import type { Clock } from '../engine/ports.ts'
import * as builtInGenerators from '../generators/index.ts'
import { project } from '../model/project.ts'
import { provider } from '../model/provider.ts'
import { createLanguageModel } from '../providers/language-model.ts'
import type { ClockUnderTest, GeneratorSubject, Law } from './index.ts'
import { clockLaws, criticLaws, generatorLaws, modelLaws, scriptedModel, scriptedServer, teacher } from './index.ts'
import { VirtualClock } from './virtual-clock.ts'

function keeps(name: string, laws: Law[]): void {
  describe(name, () => it.each(laws)('$title', ({ check }) => check()))
}

const well = `# The well

The well is eleven metres deep, and its water is cold in all seasons of the year.

## The pump

The pump was built in 1904, and nobody has found the drawings of it since then. It lifts two litres with each stroke of the handle.`

const generatorParams: Record<string, unknown[]> = {
  'document-qa': [
    { text: well },
    { documents: ['well.md'], types: { factual: 2, 'multi-hop': 1 }, chunkTokens: 64, languages: ['en', 'de'] },
    { per: 'chunk', types: ['unanswerable', 'how-to'], difficulty: ['easy', 'hard'], split: { test: 0.5 } },
  ],
  'multiple-choice': [{ text: well }, { documents: ['well.md'], judge: false, guessable: 'flag', perCall: 3 }],
  augment: [
    { tests: [{ perturbations: 'uppercase', proportion: 1 }] },
    {
      tests: [
        { perturbations: ['titlecase', 'lowercase'], proportion: 0.5 },
        { perturbations: 'uppercase', prob: 0.5 },
      ],
    },
  ],
  prompt: [
    { prompt: 'Notes to a bank.' },
    { prompt: 'Notes to a bank.', labels: ['lost', 'late'], texts: 3 },
    { prompt: 'Notes to a bank.', spans: ['CARD', 'DAY'] },
  ],
  'few-shot': [{}, { label: 'lost', examples: ['My card is lost'], similar: 2, contrast: 0 }],
  paraphrase: [{}, { label: ['late'], strength: 'light' }],
  records: [
    { instruction: 'Notes to a bank.', fields: ['text'], examples: { fromProject: 2 }, perCall: 4 },
    {
      ...{ instruction: 'Notes to a bank.', fields: { text: 'the note', tone: '', year: { type: 'integer' } } },
      ...{
        quotas: { tone: { calm: 3, angry: 1 } },
        grid: { year: [2025, 2026], writer: ['old', 'young'] },
        label: 'tone',
      },
    },
  ],
  simulation: [
    { simulation: 'wolf-sheep', parameters: { size: 12 }, steps: 40 },
    {
      ...{ simulation: 'wolf-sheep', parameters: { size: 12 }, steps: 60, seed: 4, every: 2, rows: 20 },
      ...{ where: 'sheep + wolves >= 0', columns: { animals: 'sheep + wolves', text: 'text(grass)' }, source: false },
      scribe: {
        choices: { lead: ['Now', { text: 'Grown', when: 'grass > 60', weight: 3 }] },
        input: ['How many sheep are there?', 'Count the sheep.'],
        output: '{lead} {sheep} sheep.',
      },
    },
    {
      simulation: 'wolf-sheep',
      parameters: { size: 12 },
      steps: 40,
      scribe: { prompt: 'Notes of a ranger.', perCall: 3, figures: 'any' },
    },
  ],
  table: [
    { columns: { text: { values: ['lost', 'late', 'found'] }, parts: 'poisson(4)' }, rows: 40 },
    {
      columns: {
        kind: { values: { lost: 3, late: 1 } },
        day: { date: { from: '2026-01-01', to: '2026-02-01' } },
        text: { template: '{kind} since {day}' },
      },
      ...{ rows: 600, label: 'kind' },
    },
    {
      tables: {
        text: { rows: 8, key: 'text', columns: { text: { sequence: 1, prefix: 'T' } } },
        notes: {
          parent: 'text',
          children: 3,
          columns: { parent: { formula: 'parent.text' }, text: { template: 'of {parent}' } },
        },
      },
    },
  ],
  taxonomy: [
    { ...small, perCall: 4 },
    { ...small, variants: 'summaries', languages: ['en', 'de'], probe: 1, leaves: ['knowledge/**'] },
    { ...small, pipeline: 'simple', documents: 'birds', probe: 0 },
  ],
  template: [
    { templates: ['I lost {a thing}', { text: 'Where is {a thing}?' }], slots: { thing: ['card', 'wallet', 'bag'] } },
    {
      templates: [{ text: 'My {thing} is lost', label: 'lost' }],
      slots: { thing: { entity: 'THING', values: ['card', 'wallet', 'old bag'] } },
    },
  ],
  templatic: [
    {
      templates: ['I lost {A thing} in {CITY}', '{CITY}, {CITY}'],
      values: { thing: ['card', 'old bag'], CITY: ['Oslo', 'Rome'] },
    },
    {
      templates: [{ text: 'No {thing} since {DAY}', label: 'late' }],
      values: { thing: ['card', 'letter', 'word'], DAY: ['Monday', 'May'] },
      ...{ extra: 2, results: 4, plain: ['DAY'] },
    },
  ],
}
const onDocuments = {
  project: project.parse({ name: 'laws', kind: 'records' }),
  files: { 'well.md': well },
  documents: { 'well.md': well, 'pump.md': well.replaceAll('well', 'spring') },
  replies: readingTeacher(),
}
/** What a generator is tried on besides its parameters. */
const generatorInputs: Record<string, Partial<GeneratorSubject>> = {
  'document-qa': onDocuments,
  'multiple-choice': onDocuments,
  simulation: { project: onDocuments.project },
  taxonomy: { project: onDocuments.project, files: treeFiles },
}
for (const generator of Object.values(builtInGenerators) as AnyGenerator[]) {
  const { kind } = generator
  const subject = { generator, params: generatorParams[kind] ?? [], ...generatorInputs[kind] }
  keeps(`generator ${kind}`, generatorLaws(subject))
}

const criticParams: Record<string, unknown[]> = {
  diverse: [{ minimum: 1 }, { minimum: 1, similarity: 0.3, maxShare: 0.5 }],
  grounded: [{ facts: ['A lost card is blocked at once.', 'A new card takes five days.'], passages: 1 }],
  judge: [{}, { scale: 5, explain: false }],
  label: [{}, { labels: ['lost', 'late', 'found'], shown: 2, accept: 2, explain: false }, { multiple: true }],
  language: [{ languages: ['de'] }],
  leak: [{ against: 'held-out.txt' }],
  length: [{}],
  privacy: [{}, { action: 'reject', names: 'all' }],
  shape: [{ field: 'text' }, { field: 'text', tolerance: null }],
  unique: [{}, { exact: true }, { threshold: 0.5, unit: 'words' }],
  valid: [{}],
}
const replies = teacher({ judge: { rejectShare: 0.5 } })
const files = { 'held-out.txt': 'Somebody took my wallet with both cards in it' }
const candidates = [
  { fields: { text: 'Write to ada@example.com, my name is Ada Byron' } },
  { fields: { text: '{"lost": "card"}' } },
]
for (const critic of Object.values(builtInCritics) as AnyCritic[])
  keeps(
    `critic ${critic.kind}`,
    criticLaws({ critic, params: criticParams[critic.kind] ?? [], replies, files, candidates }),
  )

const latency = { kind: 'fixed', ms: 1200 } as const
const ticking: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => pause(ms, undefined, { ...(signal && { signal }) }),
  turn: () => pause(0),
}
keeps(
  'scriptedModel',
  modelLaws(async () => scriptedModel({ script: teacher(), clock: ticking, latency })),
)

const server = await scriptedServer({ script: teacher(), latency })
afterAll(() => server.close())
const secretive = `${server.url.replace('//', '//anna:secret@')}/chat/completions?api-version=2&team=blue`
const settings = { name: 'p', kind: 'openai-compatible', model: 'm', endpoint: secretive } as const
keeps(
  'the openai-compatible adapter',
  modelLaws(async () => createLanguageModel(provider.parse(settings), { environment: {} })),
)

function virtual(): ClockUnderTest {
  const clock = new VirtualClock()
  return {
    clock,
    async during(work) {
      let over = false
      const watched = work.finally(() => {
        over = true
      })
      await Promise.all([watched, clock.run(() => over)])
      return work
    },
  }
}
keeps('VirtualClock', clockLaws(virtual))
