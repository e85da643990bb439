/** The built-in pipelines, for people who read or change them. */
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { builtInFolder, builtInPipeline } from '../generators/pipeline/read-pipeline.ts'
import { CultivarError } from '../model/error.ts'
import { readTextFile } from './read-text-file.ts'

export interface ListedPipeline {
  /** As recipes and this command name it: `instructlab-full/knowledge`. */
  name: string
  summary: string
  stages: string[]
}

/** All of them, by name. */
export async function listPipelines(): Promise<ListedPipeline[]> {
  return (await namesOf()).map(name => {
    const { summary, stages } = builtInPipeline(name)
    return {
      name,
      summary,
      stages: stages.map(stage => Object.entries(stage)[0]!).map(([kind, value]) => described(kind, value)),
    }
  })
}

/** The pipeline's file and those of its prompts, as they are. Throws CultivarError `not-found`. */
export async function showPipeline(name: string): Promise<{ path: string; text: string }[]> {
  const folder = dirname(await requireFile(name))
  const pipeline = await readTextFile(join(builtInFolder, `${name}.yaml`))
  const prompts = [...new Set([...pipeline.matchAll(/^\s*prompt:\s*(\S+)\s*$/gm)].map(([, path]) => path!))]
  const texts = prompts.map(async path => ({ path, text: await readTextFile(join(folder, path)) }))
  return [{ path: `${name.split('/').at(-1)}.yaml`, text: pipeline }, ...(await Promise.all(texts))]
}

/**
 * Copies the folder of a pipeline, with the prompts, to be changed. Returns the path of the pipeline's file.
 *
 * @throws CultivarError `not-found`, or `already-exists` rather than touch what somebody may have changed.
 */
export async function copyPipeline(name: string, out: string): Promise<string> {
  const folder = dirname(await requireFile(name))
  if (existsSync(out)) {
    throw new CultivarError(
      'already-exists',
      `${out} is there already.`,
      'Name a folder that does not exist yet with --out.',
    )
  }
  await mkdir(dirname(out), { recursive: true })
  await cp(folder, out, { recursive: true })
  return join(out, `${name.split('/').at(-1)}.yaml`)
}

async function namesOf(): Promise<string[]> {
  const paths = await readdir(builtInFolder, { recursive: true })
  return paths
    .filter(path => path.endsWith('.yaml'))
    .map(path => path.replaceAll('\\', '/').replace(/\.yaml$/, ''))
    .sort()
}

async function requireFile(name: string): Promise<string> {
  const names = await namesOf()
  if (names.includes(name)) return join(builtInFolder, `${name}.yaml`)
  throw new CultivarError('not-found', `There is no built-in pipeline “${name}”.`, `There are: ${names.join(', ')}.`)
}

function described(kind: string, value: unknown): string {
  return typeof value === 'string' ? `${kind} ${value}` : `${kind} ${Object.keys(value as object).join(', ')}`
}
