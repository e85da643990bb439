/** A dataset folder of Hugging Face: which files its card names for which split, and what its labels are called. */
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { splitOf } from '../formats/column-names.ts'
import { CultivarError } from '../model/error.ts'
import type { Split } from '../model/record.ts'

interface FolderFile {
  file: string
  split?: Split
}

export interface HuggingFaceFolder {
  files: FolderFile[]
  /** Names of the labels that columns give by number. */
  labelNames: Record<string, string[]>
}

const dataFile = z.union([
  z.string().transform(path => ({ split: undefined, path: [path] })),
  z.object({ split: z.string(), path: z.union([z.string().transform(path => [path]), z.array(z.string())]) }),
])
const dataFiles = z.union([dataFile.transform(file => [file]), z.array(dataFile)])
const info = z.object({ config_name: z.string().optional(), features: z.unknown().optional() })
const head = z.object({
  configs: z
    .array(
      z.object({
        config_name: z.string().default('default'),
        default: z.boolean().optional(),
        data_files: dataFiles.optional(),
      }),
    )
    .optional(),
  dataset_info: z.union([info.transform(one => [one]), z.array(info)]).optional(),
})

const readable = /\.(jsonl|json|ndjson)$/i

/**
 * What the head of `README.md` says: of several configurations, the default one or else the first. Without a word on files, those of the folder and
 * of `data` that are named for a split. Files outside the folder are refused.
 * Throws CultivarError `bad-file` where there is none that can be read.
 */
export async function readHuggingFaceFolder(folder: string): Promise<HuggingFaceFolder> {
  const root = resolve(folder)
  const paths = (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
  const card = paths.includes('README.md') ? headOf(await readFile(join(root, 'README.md'), 'utf8'), folder) : {}
  const config = card.configs?.find(each => each.default || each.config_name === 'default') ?? card.configs?.[0]
  const named = config?.data_files?.flatMap(({ split, path }) =>
    path.flatMap(pattern =>
      matching(paths, pattern).map(file => ({ file, split: splitOf(split ?? '') ?? splitInName(file) })),
    ),
  )
  const found = named ?? paths.filter(path => readable.test(path)).map(file => ({ file, split: splitInName(file) }))
  const files = found
    .filter(({ file }) => readable.test(file))
    .map(({ file, split }) => ({ file: join(root, file), ...(split && { split }) }))
  if (files.length === 0) throw nothingReadable(folder, found.length > 0 ? found.map(({ file }) => file) : paths)
  const infos = card.dataset_info ?? []
  const described = infos.find(each => each.config_name === config?.config_name) ?? infos[0]
  return { files, labelNames: labelNamesOf(described?.features) }
}

function headOf(text: string, folder: string): z.infer<typeof head> {
  const [, yaml] = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---/.exec(text) ?? []
  if (yaml === undefined) return {}
  try {
    return head.parse(parse(yaml) ?? {})
  } catch (error) {
    throw new CultivarError(
      'bad-file',
      `The head of ${join(folder, 'README.md')} cannot be understood: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`,
      'Correct it, or import the files of the folder one by one.',
    )
  }
}

/** Paths of the folder alone can match, so that a card leads nowhere else. `*` stands for anything but a slash, `**` for anything. */
function matching(paths: string[], pattern: string): string[] {
  const source = pattern
    .replace(/^\.\//, '')
    .split(/(\*\*\/?|\*|\?)/)
    .map(part => (part.startsWith('**') ? '.*' : part === '*' ? '[^/]*' : part === '?' ? '[^/]' : RegExp.escape(part)))
    .join('')
  const expression = new RegExp(`^${source}$`)
  return paths.filter(path => expression.test(path))
}

function splitInName(path: string): Split | undefined {
  return basename(path)
    .split(/[^\p{L}]+/u)
    .map(splitOf)
    .find(split => split !== undefined)
}

/** `class_label` names of features, alone or in a sequence; their keys count from 0. */
function labelNamesOf(features: unknown): Record<string, string[]> {
  const names: Record<string, string[]> = {}
  for (const feature of Array.isArray(features) ? features : []) {
    const { success, data } = classLabel.safeParse(feature)
    if (!success) continue
    const found = data.dtype ?? data.sequence ?? data.list
    const list = Object.entries(found?.class_label.names ?? {})
    names[data.name] = list.toSorted((a, b) => Number(a[0]) - Number(b[0])).map(([, name]) => name)
  }
  return names
}

const classNames = z.object({
  class_label: z.object({ names: z.union([z.record(z.string(), z.coerce.string()), z.array(z.coerce.string())]) }),
})
const classLabel = z
  .object({
    name: z.string(),
    dtype: classNames.optional().catch(undefined),
    sequence: z
      .union([classNames, z.object({ dtype: classNames }).transform(({ dtype }) => dtype)])
      .optional()
      .catch(undefined),
    list: classNames.optional().catch(undefined),
  })
  .refine(({ dtype, sequence, list }) => dtype ?? sequence ?? list)

function nothingReadable(folder: string, files: string[]): CultivarError {
  const parquet = files.some(file => /\.(parquet|arrow)$/i.test(file))
  return new CultivarError(
    'bad-file',
    `${folder} holds no JSON file to import${parquet ? '; Parquet and Arrow files are not read' : ''}.`,
    parquet
      ? 'Save the splits as JSON Lines with datasets: dataset["train"].to_json("data/train.jsonl").'
      : 'Name a file, or a folder of Hugging Face with its README.md and its data as JSON Lines.',
    { folder },
  )
}
