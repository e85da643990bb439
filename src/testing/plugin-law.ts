/** What the laws of generators and critics have in common: what a plug-in is tried on. */
import assert from 'node:assert/strict'
import type { AnyCritic, AnyGenerator, PlanContext, Sources } from '../engine/define.ts'
import type { ReadDocument } from '../model/document.ts'
import type { Json } from '../model/json.ts'
import { type Project, project as projectSchema } from '../model/project.ts'
import type { StoredRecord } from '../model/record.ts'
import type { Candidate } from '../model/run.ts'
import { randomStream } from '../stats/random-stream.ts'
import type { Law } from './law.ts'
import type { Script } from './script.ts'
import { strangeTexts } from './strange-texts.ts'

export interface PluginSubject {
  /** Each as a recipe would give it; every law holds for every one of them. */
  params: unknown[]
  /** Default: a project without a closed list of labels. */
  project?: Project
  /** What the project holds; default: a few training texts of two labels. */
  records?: (Pick<StoredRecord, 'fields'> & Partial<StoredRecord>)[]
  /** Answers what the plug-in asks, by reading the request alone; default: `teacher()`. */
  replies?: Script
  /** Texts of the files that the parameters name, by path; as documents, they are read as Markdown. */
  files?: Record<string, string>
  /** The project's documents, in Markdown, by name. */
  documents?: Record<string, string>
}

const sampleTexts = {
  lost: ['I lost my card', 'My card is gone since Monday', 'Somebody took my wallet with both cards in it'],
  late: ['My new card never came', 'Where is the card I ordered?', 'Two weeks, and still no card in the post'],
}
const sampleRecords = Object.entries(sampleTexts).flatMap(([label, texts]) =>
  texts.map(text => ({ fields: { text }, labels: [label] })),
)

export type CandidateInput = Pick<Candidate, 'fields'> & Partial<Candidate>

export function projectOf({ project }: PluginSubject): Project {
  return project ?? projectSchema.parse({ name: 'laws' })
}

export function recordsOf({ records = sampleRecords, project }: PluginSubject): StoredRecord[] {
  return records.map((record, position) => ({
    ...{ id: `r${position}`, project: project?.name ?? 'laws', position, labels: [], spans: [], cell: 'all' },
    ...{ outcome: 'imported', status: 'pending', split: 'train', tags: [], verdicts: [], source: null },
    ...{ run: null, unit: null, item: null, createdMs: 0, ...record },
  }))
}

export function planContext(subject: PluginSubject): Omit<PlanContext<unknown>, 'params'> {
  return {
    project: projectOf(subject),
    random: randomStream('plan'),
    async *records() {
      yield* recordsOf(subject)
    },
    readText: async path => fileOf(subject, path),
    sources: sourcesOf(subject),
  }
}

function fileOf({ files }: PluginSubject, path: string): string {
  const text = files?.[path]
  assert.ok(text !== undefined, `it reads the file ${path}: give its text in \`files\``)
  return text
}

/** Repositories are folders of `files`, by their address. */
function sourcesOf(subject: PluginSubject): Sources {
  const { files = {}, documents = {} } = subject
  const below = (folder: string) =>
    Object.keys(files)
      .filter(path => path.startsWith(`${folder}/`))
      .map(path => path.slice(folder.length + 1))
      .sort()
  const read = (path: string) => readAs(path, fileOf(subject, path))
  return {
    listFiles: async folder => below(folder),
    listChanges: async folder => below(folder),
    readDocument: async path => read(path),
    readRepository: async ({ repo }) => below(repo).map(path => read(`${repo}/${path}`)),
    async *documents() {
      for (const [name, markdown] of Object.entries(documents)) {
        const stored = {
          id: name,
          project: projectOf(subject).name,
          source: name,
          bytes: markdown.length,
          createdMs: 0,
        }
        yield { ...readAs(name, markdown), ...stored }
      }
    },
  }
}

function readAs(name: string, markdown: string): ReadDocument {
  return { name, title: '', format: 'markdown', markdown, pages: [], notes: [] }
}

/** A law that holds for each set of parameters. */
export function lawOf(subject: PluginSubject, title: string, holds: (params: unknown) => Promise<void>): Law {
  return {
    title,
    async check() {
      for (const params of subject.params) await holds(params)
    },
  }
}

/** As storage gives it back. */
export function stored(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json
}

/** Laws of what the recipe says: the kind and the parameters. */
export function recipeLaws({ kind, params: schema }: AnyGenerator | AnyCritic, params: unknown[]): Law[] {
  return [
    {
      title: 'its kind is kebab-case, as recipes write it',
      check: async () => assert.match(kind, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
    },
    {
      title: 'its parameters are accepted, and refused with a key it does not know',
      async check() {
        assert.ok(params.length > 0, 'give at least one set of parameters')
        for (const given of params) {
          const { success, error } = schema.safeParse(given)
          assert.ok(success, `${JSON.stringify(given)}: ${error}`)
          const more = { ...(given as object), 'no-such-parameter': 1 }
          assert.ok(!schema.safeParse(more).success, 'a misspelt parameter would be ignored: use z.strictObject')
        }
      },
    },
  ]
}

/** The records' own texts, strange ones, a span out of bounds, and those given. */
export function candidatesOf(subject: PluginSubject & { candidates?: CandidateInput[] }): Candidate[] {
  const strange = Object.values(strangeTexts).map(text => ({ fields: { text } }))
  const outside = { fields: { text: 'short' }, spans: [{ field: 'text', start: 2, end: 99, label: 'X' }] }
  const own = recordsOf(subject).map(({ fields, labels, spans }) => ({ fields, labels, spans }))
  return [...own, ...strange, outside, ...(subject.candidates ?? [])].map((candidate, index) => ({
    ...{ labels: [], spans: [], cell: 'all', index, verdicts: [] },
    ...structuredClone(candidate),
  }))
}
