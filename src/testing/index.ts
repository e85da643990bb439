/** For tests of plug-ins and of programs that use Cultivar: scripted models and servers, in process and over HTTP. */
export { type ClockUnderTest, clockLaws } from './clock-laws.ts'
export { type CriticSubject, criticLaws } from './critic-laws.ts'
export { type FaultRates, faulty } from './faulty.ts'
export { type GeneratorSubject, generatorLaws } from './generator-laws.ts'
export type { Latency } from './latency.ts'
export type { Law } from './law.ts'
export { modelLaws } from './model-laws.ts'
export { recorded } from './recorded.ts'
export { type Echo, type Flaw, flaws, type Script, type ScriptedAnswer, type ScriptedRequest } from './script.ts'
export { type ScriptedCall, type ScriptedModel, type ScriptedModelOptions, scriptedModel } from './scripted-model.ts'
export {
  type ReceivedRequest,
  type ScriptedServer,
  type ScriptedServerOptions,
  type ServerCounts,
  scriptedServer,
} from './scripted-server.ts'
export { type StoreLaw, type StoreUnderTest, storeLaws } from './store-laws.ts'
export { type TargetUnderTest, targetLaws } from './target-laws.ts'
export { type TeacherOptions, teacher } from './teacher.ts'
export { VirtualClock } from './virtual-clock.ts'
