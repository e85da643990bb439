/** Where the first agents of a run come from: a file of rows, or rows drawn from a model that `tables fit` wrote. */
import { CultivarError } from '../../model/error.ts'
import { gatherTable } from '../../table-files/gather-table.ts'
import { readTable } from '../../table-files/index.ts'
import { openSources } from '../../tables/open-sources.ts'
import type { BlockSource, Table } from '../../tables/table.ts'
import { readTableModel } from '../tables/table-model-file.ts'

export interface StartTables {
  /** By population. */
  populations: Record<string, Table>
  /** What was guessed while reading, for people. */
  notes: string[]
}

/**
 * @param spelled of each population `NAME=FILE` (whatever `tables fit` reads) or `NAME=MODEL.json`, with `:N` for N rows drawn instead
 *   of as many as were learned from
 * @param seed of what is drawn
 * @throws CultivarError `bad-input` for what is not spelled so, and what reading and drawing throw.
 */
export async function readPopulations(spelled: readonly string[], seed: number): Promise<StartTables> {
  const start: StartTables = { populations: {}, notes: [] }
  for (const text of spelled) {
    const [, name, from] = /^([^=]+)=(.+)$/s.exec(text) ?? []
    if (name === undefined || from === undefined) {
      throw new CultivarError(
        'bad-input',
        `The population “${text}” cannot be read.`,
        'Write NAME=FILE: “sheep=flock.csv”, or “sheep=flock.table.json:500” for rows drawn from a model.',
      )
    }
    if (Object.hasOwn(start.populations, name))
      throw new CultivarError('bad-input', `Two files are given for the population “${name}”.`, 'Give one of them.')
    const drawn = /^(.+\.json)(?::([1-9]\d*))?$/i.exec(from)
    const { table, notes } = drawn
      ? await drawTable(name, drawn[1]!, seed, drawn[2] === undefined ? undefined : Number(drawn[2]))
      : await readTable(from)
    start.populations[name] = table
    start.notes.push(...notes.map(note => `${name}: ${note}`))
  }
  return start
}

async function drawTable(
  name: string,
  path: string,
  seed: number,
  rows: number | undefined,
): Promise<{ table: Table; notes: string[] }> {
  const model = await readTableModel(path)
  const { sources, notes } = await openSources({ maker: { model }, seed, ...(rows !== undefined && { rows }) })
  const source = sources.length === 1 ? sources[0] : sources.find(one => one.name === name)
  if (!source) {
    throw new CultivarError(
      'bad-input',
      `“${path}” is a model of the tables ${sources.map(one => one.name).join(', ')}, and none is called “${name}”.`,
      'Learn a model of the one table: cultivar tables fit FILE',
    )
  }
  const { columns } = source
  return { table: await gatherTable({ name, columns, blocks: blocksOf(source) }, undefined, new Set()), notes }
}

async function* blocksOf(source: BlockSource): AsyncGenerator<Table> {
  for (let index = 0; index < source.blocks; index++) yield source.block(index)
}
