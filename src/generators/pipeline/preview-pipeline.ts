/** What a unit of a pipeline would ask, for `--dry-run`. */
import type { PreviewedRequest } from '../../engine/define.ts'
import type { Pipeline } from './pipeline.ts'
import { judgeRequest, rowsAsked, writeRequest } from './pipeline-request.ts'
import type { PipelineStart } from './run-pipeline.ts'

/**
 * One request a stage that asks, with how often it is asked if no row is lost on the way. `standIns` are texts as later stages would
 * find them; what nothing is known of, is taken to be empty.
 */
export function previewPipeline(
  pipeline: Pipeline,
  { slots, asks }: Pick<PipelineStart, 'slots' | 'asks'>,
  standIns: Record<string, string>,
): PreviewedRequest[] {
  const requests: PreviewedRequest[] = []
  const filled = { ...slots }
  let rows = 1
  for (const [at, stage] of pipeline.stages.entries()) {
    if ('write' in stage) {
      const count = stage.many ? rowsAsked(pipeline, at, asks) : undefined
      const request = writeRequest(stage, { slots: filled, ...(count === undefined ? {} : { count }) })
      requests.push({ ...request, place: stage.write, stage: stage.write, times: rows })
      rows *= count ?? 1
      for (const field of Object.keys(stage.fields)) filled[field] = standIns[field] ?? ''
    } else if ('judge' in stage) {
      requests.push({ ...judgeRequest(stage, { slots: filled }), place: stage.judge, stage: stage.judge, times: rows })
    } else if ('vary' in stage) {
      rows *= Object.keys(stage.from).length
      filled[stage.field] = standIns[stage.field] ?? String(filled[Object.values(stage.from)[0]!] ?? '')
    } else if ('set' in stage) {
      for (const field of Object.keys(stage.set)) filled[field] = standIns[field] ?? ''
    }
  }
  return requests
}
