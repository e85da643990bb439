/** Units of the generators that ask about documents, planned and proposed as a run would, with a scripted teacher. */
import type { Generator, Plan, Proposal, UnitContext } from '../src/engine/define.ts'
import { type Project, project } from '../src/model/project.ts'
import type { StoredRecord } from '../src/model/record.ts'
import { randomStream } from '../src/stats/random-stream.ts'
import type { Script } from '../src/testing/script.ts'
import { scriptedAsk } from '../src/testing/scripted-ask.ts'
import { readingTeacher } from './reading-teacher.ts'

export interface Given {
  params: Record<string, unknown>
  /** Markdown by path. */
  files?: Record<string, string>
  /** Offsets of the pages of each file. */
  pages?: number[]
  records?: StoredRecord[]
  project?: Partial<Project>
}

export async function planned<P>(generator: Generator<P>, given: Given): Promise<Plan> {
  const { files = {}, pages = [], records = [] } = given
  const read = (path: string) => {
    const text = files[path]
    if (text === undefined) throw new Error(`no file ${path}`)
    return text
  }
  const document = (path: string) => {
    const name = path.split('/').at(-1)!
    return { name, title: '', format: 'markdown' as const, markdown: read(path), pages, notes: [] }
  }
  return generator.plan({
    params: generator.params.parse(given.params),
    project: projectOf(given),
    random: randomStream('plan'),
    async *records() {
      yield* records
    },
    readText: async path => read(path),
    sources: {
      listFiles: async () => Object.keys(files),
      listChanges: async () => [],
      readDocument: async path => document(path),
      readRepository: async () => [],
      async *documents() {
        for (const path of Object.keys(files))
          yield { ...document(path), id: path, project: 'qa', source: path, bytes: 1, createdMs: 0 }
      },
    },
  })
}

export interface Proposed {
  plan: Plan
  proposals: Proposal[]
  /** Texts of all requests, the user's part. */
  asked: string[]
}

/** The first unit of a cell (default: the first cell) with as many questions as asked for. */
export async function proposed<P>(
  generator: Generator<P>,
  given: Given & { replies?: Script; unit?: Partial<UnitContext<P>> },
): Promise<Proposed> {
  const plan = await planned(generator, given)
  const { ask, asked } = scriptedAsk(given.replies ?? readingTeacher())
  const cell = given.unit?.cell ?? plan.cells[0]!
  const proposals = await generator.propose({
    ...{ params: generator.params.parse(given.params), material: JSON.parse(JSON.stringify(plan.material)) },
    ...{ project: projectOf(given), cell, cellOrdinal: 0, asks: 5, feedback: { kept: [], disliked: [] } },
    random: randomStream('unit'),
    ...given.unit,
    ask,
  })
  return { plan, proposals, asked: asked.map(({ messages }) => messages.at(-1)!.content) }
}

/** Who rejected a proposal; undefined if nobody did. */
export function rejecter({ reject, verdicts = [] }: Proposal): string | undefined {
  return verdicts.find(({ pass }) => !pass)?.critic ?? reject?.critic
}

function projectOf(given: Given): Project {
  return project.parse({ name: 'qa', kind: 'records', ...given.project })
}
