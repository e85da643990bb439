/** A workspace with labelled texts, made once for a file of tests; each test drives the real command line in a copy of its own. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { importRecords } from '../../src/app/import-records.ts'
import { createProject } from '../../src/app/projects.ts'
import { initWorkspace, openWorkspace, type Workspace } from '../../src/app/workspace.ts'
import type { TracedRecord } from '../../src/stores/record-queries.ts'
import { conllOf, csvOf, sentences, ticketLabels, tickets } from '../labelled-texts.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, type Ended, json, type StartOptions } from './command-line.ts'

export interface LabelledSizes {
  /** Tickets of each label. */
  tickets: number
  sentences: number
}

export interface CommandLine {
  folder: string
  /** Must end well. */
  run(...args: string[]): Promise<Ended>
  /** What it prints with `--json`, which must end well. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as a user’s script would
  data(...args: string[]): Promise<any>
  /** May end as it likes. */
  attempt(args: string[], options?: StartOptions): Promise<Ended>
  write(name: string, content: string): string
  records(project: string): Promise<TracedRecord[]>
  inside<T>(use: (workspace: Workspace) => Promise<T>): Promise<T>
}

/** Projects `support` (tickets with labels) and `notes` (sentences with entities), and what `more` adds. */
export function labelledWorkspace(sizes: LabelledSizes, more?: (workspace: Workspace) => Promise<void>) {
  const prepared = { folder: '' }
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cultivar-test-'))
    prepared.folder = folder
    await initWorkspace(folder)
    await inside(folder, async workspace => {
      await createProject(workspace, { name: 'support', labels: ticketLabels })
      await createProject(workspace, { name: 'notes', kind: 'entities' })
      const counts = Object.fromEntries(ticketLabels.map(label => [label, sizes.tickets]))
      const rows = (await tickets(counts)).map(({ text, label }) => ({ text, label }))
      await importText(workspace, 'support', 'tickets.csv', csvOf(rows))
      await importText(workspace, 'notes', 'sentences.conll', conllOf(await sentences(sizes.sentences)))
      await more?.(workspace)
    })
  })
  afterAll(() => rmSync(prepared.folder, { recursive: true, force: true }))
  return () => {
    const folder = temporaryFolder()
    cpSync(prepared.folder, folder, { recursive: true })
    return commandLine(folder)
  }
}

export async function importText(
  workspace: Workspace,
  project: string,
  name: string,
  content: string,
  choice: { tags?: string[] } = {},
): Promise<void> {
  const file = join(workspace.folder, name)
  writeFileSync(file, content)
  await importRecords(workspace, { project, file, ...choice })
}

async function inside<T>(folder: string, use: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  try {
    return await use(workspace)
  } finally {
    await workspace.close()
  }
}

function commandLine(folder: string): CommandLine {
  const run = async (...args: string[]) => {
    const ended = await cultivar(folder, args)
    expect(ended.code, `${args.join(' ')}\n${ended.stdout}\n${ended.stderr}`).toBe(0)
    return ended
  }
  return {
    folder,
    run,
    data: async (...args) => json(await run(...args, '--json')),
    attempt: (args, options) => cultivar(folder, args, options),
    write(name, content) {
      writeFileSync(join(folder, name), content)
      return name
    },
    inside: use => inside(folder, use),
    records: project =>
      inside(folder, async workspace => {
        const all: TracedRecord[] = []
        for await (const record of workspace.store.streamRecords(project)) all.push(record)
        return all
      }),
  }
}
