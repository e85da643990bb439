/** The run store keeps its laws, on SQLite and on a real PostgreSQL. */
import { describe, it } from 'vitest'
import { project } from '../../src/model/project.ts'
import type { Database } from '../../src/stores/database.ts'
import { openPostgres } from '../../src/stores/postgres.ts'
import { runStore } from '../../src/stores/run-store.ts'
import { openSqlite } from '../../src/stores/sqlite.ts'
import { workspaceStore } from '../../src/stores/workspace-store.ts'
import { type StoreUnderTest, storeLaws } from '../../src/testing/store-laws.ts'
import { allOf } from '../all-of.ts'
import { type TestDatabase, testDatabases } from '../databases.ts'

describe.each(testDatabases())('On $name,', kind => {
  it.each(storeLaws)('$title', { timeout: 30_000 }, law => law.check(() => openStore(kind)))
})

async function openStore(kind: TestDatabase): Promise<StoreUnderTest> {
  const { database, address, close } = await kind.open()
  // Within one process, an SQLite connection that waits for another's lock would keep it from letting go: they take turns.
  const inTurn = database.dialect === 'sqlite' ? turnTaking() : <T>(work: T) => work
  const workspace = inTurn(workspaceStore(database))
  const others: Database[] = []
  let imported = 0
  return {
    runs: inTurn(runStore(database)),
    async another() {
      const other = database.dialect === 'sqlite' ? openSqlite(address) : openPostgres(address)
      others.push(other)
      return inTurn(runStore(other))
    },
    createProject: name => workspace.createProject(project.parse({ name }), 1),
    async importTexts(name, cell, texts) {
      const records = texts.map(text => ({
        ...{ id: `import${imported++}`, fields: { text }, labels: [], spans: [], tags: [], cell, source: 'a file:1' },
        ...{ split: 'train' as const, status: 'accepted' as const },
      }))
      await workspace.addRecords(name, records, 1)
    },
    decide: async (name, decisions) => void (await workspace.decide(name, decisions, 'ada', 1)),
    undo: async name => void (await workspace.undo(name, { last: 1 }, 'ada', 1)),
    decisions: async name => (await workspace.findProject(name))?.decisions ?? 0,
    records: name => allOf(workspace.streamRecords(name)),
    async close() {
      for (const other of others) await other.close()
      await close()
    },
  }
}

/** Lets the methods of several stores run one at a time; what they stream needs no lock. */
function turnTaking() {
  let last: Promise<unknown> = Promise.resolve()
  return <T extends object>(store: T): T =>
    new Proxy(store, {
      get(target, name, receiver) {
        const method = Reflect.get(target, name, receiver)
        if (typeof method !== 'function' || String(name).startsWith('stream')) return method
        return (...input: unknown[]) => {
          const turn = last.then(() => method.apply(target, input))
          last = turn.catch(() => undefined)
          return turn
        }
      },
    })
}
