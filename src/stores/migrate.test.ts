/** A database of an earlier version keeps what it holds. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from './migrate.ts'
import { openSqlite } from './sqlite.ts'
import { workspaceStore } from './workspace-store.ts'

const initial = join(import.meta.dirname, '..', '..', 'migrations', '001-initial.sql')

it('is brought to the newest, where people can decide on the records it had', async () => {
  const database = openSqlite(':memory:')
  await database.script('create table version (number bigint not null primary key); insert into version values (1)')
  await database.script(readFileSync(initial, 'utf8'))
  await database.script(`insert into project values ('old', '{"name":"old"}', 1, 5);
    insert into record values ('r', 'old', 0, 'imported', 'pending', 'train', 'all', null,
      '{"fields":{"text":"a"},"labels":[],"spans":[]}', '[]', '[]', null, null, null, null, null, 'a:1', 5)`)
  await migrate(database)
  await migrate(database)
  const store = workspaceStore(database)
  expect(await store.findProject('old')).toEqual({
    project: { name: 'old' },
    nextPosition: 1,
    decisions: 0,
    createdMs: 5,
  })
  await store.decide('old', [{ kind: 'accept', record: 'r' }], 'ada', 6)
  expect(await store.recordsById(['r'])).toMatchObject([{ fields: { text: 'a' }, status: 'accepted' }])
  await database.close()
})
