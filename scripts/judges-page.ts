/** The page that says how well the judges of the built-in pipelines tell good rows from bad ones, from the recorded replies. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JudgeStage } from '../src/generators/pipeline/pipeline.ts'
import { nameOf } from '../src/generators/pipeline/pipeline-faults.ts'
import { gradeSchema } from '../src/generators/pipeline/pipeline-reply.ts'
import { builtInPipeline } from '../src/generators/pipeline/read-pipeline.ts'
import { markdownTable } from '../src/text/markdown.ts'

interface Judged {
  pipeline: string
  stage: string
  prompt: string
  case: string
  kind?: string
  reply: string
}

const recorded = join(import.meta.dirname, '..', 'src', 'generators', 'pipeline', 'recorded')

export function judgesPage(notice: string): string {
  const judged = readdirSync(recorded)
    .toSorted()
    .flatMap(name => JSON.parse(readFileSync(join(recorded, name), 'utf8')) as Judged[])
    .filter(({ kind }) => kind !== undefined)
  const rows = [...Map.groupBy(judged, ({ prompt }) => prompt)].map(([prompt, all]) => {
    const [good, bad] = [all.filter(({ kind }) => kind === 'good'), all.filter(({ kind }) => kind !== 'good')]
    const share = (rows: Judged[], right: (row: Judged) => boolean) => `${rows.filter(right).length} of ${rows.length}`
    const rejected = (row: Judged) => !isKept(row)
    const kinds = [...Map.groupBy(bad, ({ kind }) => kind!)].map(([kind, rows]) => `${kind} ${share(rows, rejected)}`)
    const misses = all.filter(row => isKept(row) !== (row.kind === 'good')).map(row => row.case)
    return [`\`${prompt}\``, share(good, isKept), share(bad, rejected), kinds.join(', '), misses.join('; ') || '–']
  })
  return [
    '# Judges',
    notice,
    'What the judges of the built-in pipelines said of a small set written for them: rows that are good, one of them odd at first sight, and rows with one fault each. One fault of each set is *injected*: an order to the judge within the text.',
    'The replies were given by careful readers of the rendered prompts who did not know which rows were which, not by a service’s model: they show that a prompt says what is wanted, not how a small model follows it. For yours, see `cultivar runs calibrate`. The rows and replies are in `src/generators/pipeline/recorded/`.',
    markdownTable(['judge', 'good rows kept', 'bad rows rejected', 'by fault', 'wrong'], rows),
  ]
    .join('\n\n')
    .concat('\n')
}

function isKept({ pipeline, stage: name, reply }: Judged): boolean {
  const stage = builtInPipeline(pipeline).stages.find((each, place) => nameOf(each, place) === name) as JudgeStage
  return gradeSchema(stage).parse(JSON.parse(reply)).score >= stage.keep
}
