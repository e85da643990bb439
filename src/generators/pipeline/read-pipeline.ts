/** Reads pipeline files with their prompts: the built-in ones, and those that users write. */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { CultivarError } from '../../model/error.ts'
import { type Pipeline, type PipelineFile, pipelineFile, type Stage } from './pipeline.ts'
import { pipelineFaults } from './pipeline-faults.ts'
import { readPromptFile } from './pipeline-prompt.ts'

/** Where the built-in pipelines are; their names are paths from here on. */
export const builtInFolder = join(import.meta.dirname, '..', '..', '..', 'pipelines')
const read = new Map<string, Pipeline>()

/** A pipeline that comes with Cultivar, by its path below `pipelines/` without the ending: `instructlab-full/knowledge`. */
export function builtInPipeline(name: string): Pipeline {
  let pipeline = read.get(name)
  if (!pipeline) {
    const folder = posix.dirname(name)
    const text = (path: string) => readFileSync(join(builtInFolder, path), 'utf8')
    const file = `${name}.yaml`
    const written = parsePipeline(file, text(file))
    pipeline = withPrompts(
      file,
      written,
      new Map(promptsOf(written).map(path => [path, text(posix.join(folder, path))])),
    )
    read.set(name, pipeline)
  }
  return pipeline
}

/**
 * A user's pipeline; prompts are found from its folder on.
 *
 * @throws CultivarError `bad-recipe` with file, line and what was expected; what `readText` throws.
 */
export async function readPipeline(path: string, readText: (path: string) => Promise<string>): Promise<Pipeline> {
  const written = parsePipeline(path, await readText(path))
  const prompts = new Map<string, string>()
  for (const prompt of promptsOf(written)) prompts.set(prompt, await readText(posix.join(posix.dirname(path), prompt)))
  return withPrompts(path, written, prompts)
}

function parsePipeline(file: string, text: string): PipelineFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) throw badPipeline(`${file}:${lines.linePos(broken.pos[0]).line}`, broken.message.split('\n')[0]!)
  const { data, error } = pipelineFile.safeParse(document.toJS({ maxAliasCount: 100 }))
  if (data) return data
  const [issue] = error.issues
  throw badPipeline(`${file}:${lineOf(issue!.path)}`, `${issue!.path.join('.') || 'the file'}: ${issue!.message}`)

  /** Of the deepest member on the way that is there. */
  function lineOf(path: PropertyKey[]): number {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined
      if (node?.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
}

function promptsOf({ stages }: PipelineFile): string[] {
  return [...new Set(stages.flatMap(stage => ('prompt' in stage ? [stage.prompt] : [])))]
}

function withPrompts(file: string, written: PipelineFile, texts: Map<string, string>): Pipeline {
  const stages = written.stages.map((stage): Stage => {
    if (!('prompt' in stage)) return stage
    const prompt = readPromptFile(texts.get(stage.prompt)!)
    if (prompt) return { ...stage, prompt }
    throw badPipeline(
      posix.join(posix.dirname(file), stage.prompt),
      'it has not the form of a prompt: front matter with id and version between lines of ---, then “# system” and “# user” with a text each',
    )
  })
  const pipeline = { ...written, stages }
  const [fault] = pipelineFaults(pipeline)
  if (fault !== undefined) throw badPipeline(file, fault)
  return pipeline
}

function badPipeline(place: string, what: string): CultivarError {
  return new CultivarError(
    'bad-recipe',
    `${place}: ${what}`,
    'The built-in pipelines show how one is written: cultivar pipelines show',
  )
}
