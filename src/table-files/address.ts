/** Where tables are: files by their extension, `sqlite:path#table`, `postgres://…#table`. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { CultivarError } from '../model/error.ts'
import { nearestName } from '../text/nearest-name.ts'
import type { TableFormat } from './read-options.ts'

export interface TableAddress {
  format: TableFormat
  /** A file's path, or a database's URL. */
  location: string
  /** The table in a database. */
  table?: string
  /** What the table is called if nobody says otherwise. */
  name: string
}

const formatOfExtension: Record<string, TableFormat> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.txt': 'csv',
  '.dat': 'csv',
  '.data': 'csv',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
  '.sqlite': 'sqlite',
  '.sqlite3': 'sqlite',
  '.db': 'sqlite',
}

/** `format` decides where the extension says nothing or something wrong. */
export function parseAddress(address: string, format?: TableFormat): TableAddress {
  if (/^postgres(ql)?:\/\//.test(address)) return databaseAddress('postgres', address)
  if (address.startsWith('sqlite:')) return databaseAddress('sqlite', address.slice('sqlite:'.length))
  const known = format ?? formatOfExtension[extname(address.replace(/#[^#/]*$/, '')).toLowerCase()]
  if (known === 'sqlite') return databaseAddress('sqlite', address)
  if (known !== undefined) return { format: known, location: address, name: nameOfFile(address) }
  throw new CultivarError(
    'bad-input',
    `The name of ${address} does not say what kind of table it is.`,
    'Name a .csv, .tsv, .txt, .parquet, .json, .jsonl or .sqlite file, or say the format.',
    { address },
  )
}

function databaseAddress(format: 'sqlite' | 'postgres', address: string): TableAddress {
  const [location = '', fragment = ''] = address.split(/#(?=[^#]*$)/)
  const table = decoded(fragment)
  return { format, location, name: table || nameOfFile(location), ...(table ? { table } : {}) }
}

/** A table’s name may hold a per cent sign of its own: then it is no code. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch (error) {
    if (error instanceof URIError) return fragment
    throw error
  }
}

function nameOfFile(path: string): string {
  return basename(path, extname(path))
}

/** The files in a folder that hold one table each, by name; undefined: it is no folder. @throws CultivarError `bad-input` where there is none, or two are called alike. */
export async function tableFiles(folder: string): Promise<string[] | undefined> {
  const found = await stat(folder).catch(() => undefined)
  if (!found?.isDirectory()) return undefined
  const known = (await readdir(folder)).filter(name => {
    const format = name.startsWith('.') ? undefined : formatOfExtension[extname(name).toLowerCase()]
    return format !== undefined && format !== 'sqlite'
  })
  const names = known.map(nameOfFile)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (known.length > 0 && twice === undefined) return known.sort().map(name => join(folder, name))
  throw new CultivarError(
    'bad-input',
    twice === undefined
      ? `The folder ${folder} holds no tables.`
      : `The folder ${folder} holds two files called ${twice}.`,
    twice === undefined
      ? 'Name one with .csv, .tsv, .txt, .parquet, .json or .jsonl files.'
      : 'Name the files that are meant.',
    { folder },
  )
}

/** @throws CultivarError `not-found` if there is no such file, with the nearest name; `bad-input` if it is a folder. */
export async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch(error => missing(path, error))
  if (!found.isFile()) {
    throw new CultivarError(
      'bad-input',
      `${path} is not a file.`,
      'Name one table file; several are read one by one.',
      {
        path,
      },
    )
  }
}

async function missing(path: string, error: unknown): Promise<never> {
  if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')))
    throw unreadable(path, error)
  const names = await readdir(dirname(path)).catch(() => [])
  const near = nearestName(basename(path), names)
  throw new CultivarError(
    'not-found',
    `There is no file ${path}.`,
    near === undefined ? 'Check the path.' : `Did you mean ${join(dirname(path), near)}?`,
    { path },
  )
}

export function unreadable(path: string, error: unknown): CultivarError {
  const denied = error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')
  return new CultivarError(
    denied ? 'forbidden' : 'bad-file',
    `${path} cannot be read: ${denied ? 'you have no right to' : error instanceof Error ? error.message : String(error)}.`,
    denied ? 'Ask its owner for the right to read it, or copy it.' : 'Check that it is the right file, and whole.',
    { path },
  )
}
