/** Documents of a project in the tables; one at a time is in memory. */
import type { Selectable } from 'kysely'
import type { DocumentFormat, StoredDocument } from '../model/document.ts'
import type { Connection, Database } from './database.ts'
import { packJson, unpackJson } from './packed-json.ts'
import { plainText } from './plain-text.ts'
import { lockProject } from './project-queries.ts'
import type { DocumentTable } from './tables.ts'

/** A document without its text. */
export interface DocumentSummary extends Omit<StoredDocument, 'markdown' | 'pages' | 'notes'> {
  /** How many; 0 for formats without pages. */
  pages: number
  /** Length of its Markdown, in UTF-16 code units. */
  characters: number
}

export interface DocumentQueries {
  /** False if the project has it already: nothing changes then. Throws `not-found` if there is no such project. */
  addDocument(document: StoredDocument): Promise<boolean>
  /** In the order they were added. */
  listDocuments(project: string): Promise<DocumentSummary[]>
  findDocument(project: string, id: string): Promise<StoredDocument | undefined>
  /** In the order they were added. One that is removed meanwhile is left out. */
  streamDocuments(project: string): AsyncIterable<StoredDocument>
  /** False if there is none. */
  removeDocument(project: string, id: string): Promise<boolean>
}

type Content = Pick<StoredDocument, 'markdown' | 'pages' | 'notes'>

const facts = ['project', 'id', 'name', 'title', 'format', 'source', 'bytes', 'created_ms'] as const

export function documentQueries(database: Database): DocumentQueries {
  return {
    addDocument: document =>
      database.transact(async connection => {
        // Whoever adds at the same time waits for the next place in the order.
        await lockProject(connection, document.project)
        const added = await connection
          .insertInto('document')
          .values({ ...documentRow(document), sequence: await nextSequence(connection, document.project) })
          .onConflict(conflict => conflict.columns(['project', 'id']).doNothing())
          .returning('id')
          .executeTakeFirst()
        return added !== undefined
      }),

    listDocuments: project =>
      database.read(async connection => {
        const rows = await connection
          .selectFrom('document')
          .select([...facts, 'pages', 'characters'])
          .where('project', '=', project)
          .orderBy('sequence')
          .execute()
        return rows.map(row => ({ ...factsOf(row), pages: row.pages, characters: row.characters }))
      }),

    findDocument: (project, id) =>
      database.read(async connection => {
        const row = await connection
          .selectFrom('document')
          .select([...facts, 'content'])
          .where('project', '=', project)
          .where('id', '=', id)
          .executeTakeFirst()
        return row && storedDocument(row)
      }),

    async *streamDocuments(project) {
      for (let last = 0; ; ) {
        const row = await database.read(connection =>
          connection
            .selectFrom('document')
            .select([...facts, 'content', 'sequence'])
            .where('project', '=', project)
            .where('sequence', '>', last)
            .orderBy('sequence')
            .limit(1)
            .executeTakeFirst(),
        )
        if (!row) return
        yield storedDocument(row)
        last = row.sequence
      }
    },

    removeDocument: (project, id) =>
      database.transact(async connection => {
        const removed = await connection
          .deleteFrom('document')
          .where('project', '=', project)
          .where('id', '=', id)
          .returning('id')
          .executeTakeFirst()
        return removed !== undefined
      }),
  }
}

async function nextSequence(connection: Connection, project: string): Promise<number> {
  const { last } = await connection
    .selectFrom('document')
    .select(({ fn }) => fn.max('sequence').as('last'))
    .where('project', '=', project)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0) + 1
}

function documentRow({ markdown, pages, notes, createdMs, ...rest }: StoredDocument) {
  const { project, id, format, bytes } = rest
  return {
    ...{ project, id, format, bytes },
    name: plainText(rest.name),
    title: plainText(rest.title),
    source: plainText(rest.source),
    pages: pages.length,
    characters: markdown.length,
    content: packJson({ markdown, pages, notes } satisfies Content),
    created_ms: createdMs,
  }
}

type Facts = Pick<Selectable<DocumentTable>, (typeof facts)[number]>

function factsOf({ created_ms: createdMs, format, ...row }: Facts) {
  const { project, id, name, title, source, bytes } = row
  return { project, id, name, title, format: format as DocumentFormat, source, bytes, createdMs }
}

function storedDocument(row: Facts & { content: Uint8Array }): StoredDocument {
  return { ...factsOf(row), ...unpackJson<Content>(row.content) }
}
