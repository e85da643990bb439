/** Projects in the tables, and what is counted of their records. */
import { type Selectable, sql } from 'kysely'
import { CultivarError } from '../model/error.ts'
import type { Project } from '../model/project.ts'
import type { Outcome, Split, Status } from '../model/record.ts'
import type { Connection, Database } from './database.ts'
import type { ProjectTable } from './tables.ts'

export interface StoredProject {
  project: Project
  /** Next free position: records below it exist already. */
  nextPosition: number
  /** How many decisions people made on its records: the sequence of the last one. */
  decisions: number
  createdMs: number
}

/** Records of a project that agree in all of these. Records that are not part of the dataset count too. */
interface RecordCount {
  outcome: Outcome
  status: Status
  split: Split
  label: string | null
  cell: string
  count: number
}

export interface ProjectQueries {
  /** Throws `already-exists`. */
  createProject(project: Project, nowMs: number): Promise<void>
  findProject(name: string): Promise<StoredProject | undefined>
  listProjects(): Promise<StoredProject[]>
  /** Replaces the settings of the project of that name; false if there is none. */
  updateProject(project: Project): Promise<boolean>
  /** Removes the project with its documents, records and runs; replies stay in the ledger. Throws `run-held` while a run grows it. */
  removeProject(name: string, nowMs: number): Promise<boolean>
  /** Labels and cells by their first 200 characters. */
  countRecords(project: string): Promise<RecordCount[]>
  /** When the project was made, imported into, grown or decided on last; 0 if there is none. */
  lastChangeMs(project: string): Promise<number>
  /** Records in the dataset by cell and first label, those a person rejected left out. */
  countByCell(project: string): Promise<{ cell: string; label: string | null; count: number }[]>
}

export function projectQueries(database: Database): ProjectQueries {
  return {
    createProject: (project, nowMs) =>
      database.transact(async connection => {
        const created = await connection
          .insertInto('project')
          .values({ name: project.name, settings: JSON.stringify(project), next_position: 0, created_ms: nowMs })
          .onConflict(conflict => conflict.column('name').doNothing())
          .returning('name')
          .executeTakeFirst()
        if (created) return
        throw new CultivarError(
          'already-exists',
          `There is a project “${project.name}” already.`,
          'Choose another name, or see it with “cultivar projects show”.',
        )
      }),

    findProject: name =>
      database.read(async connection => {
        const row = await connection.selectFrom('project').selectAll().where('name', '=', name).executeTakeFirst()
        return row && storedProject(row)
      }),

    listProjects: () =>
      database.read(async connection => {
        const rows = await connection.selectFrom('project').selectAll().orderBy('created_ms').orderBy('name').execute()
        return rows.map(storedProject)
      }),

    updateProject: project =>
      database.transact(async connection => {
        const updated = await connection
          .updateTable('project')
          .set({ settings: JSON.stringify(project) })
          .where('name', '=', project.name)
          .returning('name')
          .executeTakeFirst()
        return updated !== undefined
      }),

    removeProject: (name, nowMs) =>
      database.transact(async connection => {
        const lease = await connection.deleteFrom('lease').where('project', '=', name).returningAll().executeTakeFirst()
        if (lease && lease.expires_ms > nowMs) {
          throw new CultivarError(
            'run-held',
            `Run ${lease.run} is growing project “${name}” right now.`,
            'Wait for it to end, or stop it, then remove the project.',
          )
        }
        const found = await connection.selectFrom('project').select('name').where('name', '=', name).executeTakeFirst()
        if (!found) return false
        // Before its records, as whoever decides on them does.
        await lockProject(connection, name)
        const runs = connection.selectFrom('run').select('id').where('project', '=', name)
        await connection.deleteFrom('decision').where('project', '=', name).execute()
        await connection.deleteFrom('record').where('project', '=', name).execute()
        await connection.deleteFrom('document').where('project', '=', name).execute()
        for (const table of ['unit', 'round', 'attempt'] as const) {
          await connection.deleteFrom(table).where('run', 'in', runs).execute()
        }
        await connection.deleteFrom('run').where('project', '=', name).execute()
        await connection.deleteFrom('project').where('name', '=', name).execute()
        return true
      }),

    countRecords: project =>
      database.read(async connection => {
        // In the words of its index (migration 005), which then answers alone.
        const label = sql<string | null>`substr(label, 1, 200)`
        const cell = sql<string>`substr(cell, 1, 200)`
        const rows = await connection
          .selectFrom('record')
          .select(['outcome', 'status', 'split', label.as('label'), cell.as('cell')])
          .select(({ fn }) => fn.countAll().as('count'))
          .where('project', '=', project)
          .groupBy(['outcome', 'status', 'split', label, cell])
          .execute()
        return rows.map(row => ({
          outcome: row.outcome as Outcome,
          status: row.status as Status,
          split: row.split as Split,
          label: row.label,
          cell: row.cell,
          count: Number(row.count),
        }))
      }),

    lastChangeMs: project =>
      database.read(async connection => {
        const made = connection.selectFrom('project').select('created_ms').where('name', '=', project)
        const grown = connection.selectFrom('run').select(({ fn }) => fn.max('updated_ms').as('created_ms'))
        // Through the index of positions, which leaves out what has none.
        const added = connection.selectFrom('record').select('created_ms').where('position', 'is not', null)
        const decided = connection.selectFrom('decision').select('created_ms').where('project', '=', project)
        const rows = await Promise.all([
          made.executeTakeFirst(),
          grown.where('project', '=', project).executeTakeFirst(),
          added.where('project', '=', project).orderBy('position', 'desc').limit(1).executeTakeFirst(),
          decided.orderBy('sequence', 'desc').limit(1).executeTakeFirst(),
        ])
        return Math.max(0, ...rows.map(row => Number(row?.created_ms ?? 0)))
      }),

    countByCell: project =>
      database.read(async connection => {
        const rows = await connection
          .selectFrom('record')
          .select(['cell', 'label', expression => expression.fn.countAll().as('count')])
          .where('project', '=', project)
          .where('position', 'is not', null)
          .where('status', '!=', 'rejected')
          .groupBy(['cell', 'label'])
          .execute()
        return rows.map(({ count, ...rest }) => ({ ...rest, count: Number(count) }))
      }),
  }
}

/** The project's counters, locked until the transaction ends. Throws `not-found`. */
export async function lockProject(
  connection: Connection,
  name: string,
): Promise<{ next_position: number; decisions: number }> {
  // An update that changes nothing locks on both databases.
  const counters = await connection
    .updateTable('project')
    .set(expression => ({ next_position: expression.ref('next_position') }))
    .where('name', '=', name)
    .returning(['next_position', 'decisions'])
    .executeTakeFirst()
  if (counters) return counters
  throw new CultivarError('not-found', `There is no project “${name}”.`, 'See “cultivar projects list”.')
}

function storedProject(row: Selectable<ProjectTable>): StoredProject {
  const { settings, next_position: nextPosition, decisions, created_ms: createdMs } = row
  return { project: JSON.parse(settings), nextPosition, decisions, createdMs }
}
