/** The published library. */
export { type Cultivar, type CultivarOptions, createCultivar } from './app/create-cultivar.ts'
export type { Plugins } from './app/plugins.ts'
export {
  type Answer,
  type Ask,
  type AskRequest,
  type Critic,
  type CriticContext,
  defineCritic,
  defineGenerator,
  type Generator,
  type KnownCritic,
  type ModelCritic,
  type Plan,
  type PlanContext,
  type PreviewedRequest,
  type Proposal,
  type PureCritic,
  promptGenerator,
  type UnitContext,
} from './engine/define.ts'
export type { Clock, LanguageModel, RunStore } from './engine/ports.ts'
export type { Decision, StoredDecision } from './model/decision.ts'
export { CultivarError, type ErrorCode, errorCodes } from './model/error.ts'
export type { Entity, Example, Task } from './model/example.ts'
export type { Predicted, Prediction, Target } from './model/prediction.ts'
export type { Project } from './model/project.ts'
export type { Provider } from './model/provider.ts'
export type { Recipe, RecipeInput } from './model/recipe.ts'
export type { Content, Span, StoredRecord, Verdict } from './model/record.ts'
export type { ModelRequest, Reply, SendResult } from './model/request.ts'
export type { Candidate, RunEnd, Tally } from './model/run.ts'
export type { RunEvent } from './model/run-event.ts'
export { type RandomStream, randomStream } from './stats/random-stream.ts'
export { openTableStream, readTable, writeTables } from './table-files/index.ts'
export { compareTables, type TableComparison } from './tables/compare/compare-tables.ts'
export type { Declaration } from './tables/declare/declaration.ts'
export { type OpenedSources, openSources, type SampleOrder } from './tables/open-sources.ts'
export { fitRelated } from './tables/related/fit-related.ts'
export { openRelatedSampler } from './tables/related/open-related-sampler.ts'
export { injectFaults } from './tables/series/faults/inject-faults.ts'
export { fitSeries } from './tables/series/fitted/fit-series.ts'
export { openSeriesSampler } from './tables/series/fitted/open-series-sampler.ts'
export { fitTable } from './tables/synthesize/fit-table.ts'
export { openTableSampler } from './tables/synthesize/sample-table.ts'
export type { BlockSource, Column, Table, TableStream } from './tables/table.ts'
export type { TableKeys } from './tables/table-keys.ts'
export type { TableModel } from './tables/table-model.ts'
export { definePrompt, type Prompt } from './text/prompt.ts'
