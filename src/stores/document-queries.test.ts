/** The laws of documents, on each database. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allOf } from '../../test/all-of.ts'
import { testDatabases } from '../../test/databases.ts'
import type { StoredDocument } from '../model/document.ts'
import { CultivarError } from '../model/error.ts'
import { project } from '../model/project.ts'
import { type WorkspaceStore, workspaceStore } from './workspace-store.ts'

describe.each(testDatabases())('Documents on $name', ({ open }) => {
  let opened: Awaited<ReturnType<typeof open>>
  let store: WorkspaceStore
  beforeEach(async () => {
    opened = await open()
    store = workspaceStore(opened.database)
    for (const name of ['plant', 'other']) await store.createProject(project.parse({ name }), 1)
  })
  afterEach(() => opened.close())

  const stored = async (name = 'plant') => (await allOf(store.streamDocuments(name))).map(({ id }) => id)

  it('gives a document back as it was stored, whatever its text is', async () => {
    let n = 0
    const anything = fc.string({ unit: 'binary', maxLength: 3000 })
    await fc.assert(
      fc.asyncProperty(anything, fc.array(fc.nat()), fc.array(anything), async (markdown, pages, notes) => {
        const one = document(`d${n++}`, { markdown, pages, notes })
        expect(await store.addDocument(one)).toBe(true)
        expect(await store.findDocument('plant', one.id)).toEqual(one)
      }),
      { numRuns: 40 },
    )
  })

  it('lists and streams documents in the order they were added, each once', async () => {
    const ids = ['c', 'a', 'd', 'b']
    for (const id of ids) expect(await store.addDocument(document(id))).toBe(true)
    expect(await store.addDocument(document('a', { name: 'again.md', markdown: 'other' }))).toBe(false)
    expect(await stored()).toEqual(ids)
    const { markdown, pages, notes, ...facts } = document('c', { markdown: 'abc', pages: [0, 1] })
    expect((await store.listDocuments('plant'))[0]).toEqual({ ...facts, pages: pages.length, characters: 3 })
    expect((await store.listDocuments('plant')).map(({ id }) => id)).toEqual(ids)
    expect(notes).toEqual([])
    expect(markdown).toBe('abc')
  })

  it('adds each document once though several are added at the same time', async () => {
    const many = Array.from({ length: 20 }, (_, at) => document(`d${at % 10}`))
    const added = await Promise.all(many.map(one => store.addDocument(one)))
    expect(added.filter(Boolean)).toHaveLength(10)
    expect((await stored()).toSorted()).toEqual([...new Set(many.map(({ id }) => id))].toSorted())
  })

  it('keeps the documents of projects apart', async () => {
    await store.addDocument(document('a'))
    await store.addDocument(document('a', { project: 'other', name: 'theirs.md' }))
    expect(await store.removeDocument('plant', 'a')).toBe(true)
    expect(await store.removeDocument('plant', 'a')).toBe(false)
    expect(await stored()).toEqual([])
    expect(await store.findDocument('plant', 'a')).toBeUndefined()
    expect((await store.findDocument('other', 'a'))?.name).toBe('theirs.md')
  })

  it('goes on streaming though documents are removed and added meanwhile', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await store.addDocument(document(id))
    const seen: string[] = []
    for await (const { id } of store.streamDocuments('plant')) {
      seen.push(id)
      if (id === 'b') {
        await store.removeDocument('plant', 'b')
        await store.removeDocument('plant', 'c')
        await store.addDocument(document('e'))
      }
    }
    expect(seen).toEqual(['a', 'b', 'd', 'e'])
  })

  it('removes a project with its documents, and refuses one for a project that is not there', async () => {
    await store.addDocument(document('a'))
    await store.addDocument(document('a', { project: 'other' }))
    expect(await store.removeProject('plant', 5)).toBe(true)
    expect(await stored()).toEqual([])
    expect(await stored('other')).toEqual(['a'])
    const failure = await store.addDocument(document('b')).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(CultivarError)
    expect((failure as CultivarError).code).toBe('not-found')
  })
})

function document(id: string, given: Partial<StoredDocument> = {}): StoredDocument {
  return {
    ...{ id, project: 'plant', name: `${id}.md`, title: 'A title', format: 'markdown', source: `/docs/${id}.md` },
    ...{ bytes: 10, createdMs: 7, markdown: 'abc', pages: [0, 1], notes: [] },
    ...given,
  }
}
