/** The options that name the model under test. */
import type { Command } from 'commander'
import type { TargetChoice } from '../app/open-target.ts'
import { CultivarError } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import { positiveNumber } from './option-values.ts'

export interface TargetOptions {
  model?: string
  url?: string
  keyEnv?: string
  command?: string
  predictions?: string
  provider?: string
  target?: string
  batch?: number
  timeout?: number
}

export function addTargetOptions(command: Command): Command {
  return command
    .option('--model <NAME>', 'a model trained here: intents, or intents@2')
    .option('--url <URL>', 'an HTTP endpoint that takes {"texts": […]} and gives {"predictions": […]}')
    .option('--key-env <NAME>', 'environment variable with the endpoint’s key, sent as Authorization: Bearer')
    .option('--batch <N>', 'texts an HTTP request holds (default: 32)', positiveNumber)
    .option('--timeout <SECONDS>', 'how long an answer may take', positiveNumber)
    .option('--command <COMMAND>', 'a program that reads {"id", "text"} a line and writes {"id", "label"} a line')
    .option('--predictions <FILE>', 'what a model said, by text: CSV, TSV, JSON or JSON Lines')
    .option('--provider <NAME>', 'a language model that the project may use, asked to classify or tag')
    .option('--target <FILE>', 'any of these with all settings, as YAML or JSON: { kind: http, url: …, headers: … }')
}

/** @throws CultivarError `bad-input` unless exactly one is named. */
export function targetChoice(options: TargetOptions): TargetChoice {
  const { model, url, command, predictions, provider, target: file } = options
  const named = Object.entries({ model, url, command, predictions, provider, file }).filter(
    ([, value]) => value !== undefined,
  )
  if (named.length !== 1) {
    throw new CultivarError(
      'bad-input',
      named.length === 0
        ? 'No model to test was named.'
        : `Several models to test were named: ${named.map(([name]) => `--${name === 'file' ? 'target' : name}`).join(', ')}.`,
      'Name one: --model NAME, --url URL, --command COMMAND, --predictions FILE, --provider NAME, or --target FILE.',
    )
  }
  const timeoutMs = options.timeout === undefined ? undefined : options.timeout * 1000
  if (file !== undefined) return { file }
  if (model !== undefined) return { settings: { kind: 'model', model } }
  if (url !== undefined)
    return {
      settings: { kind: 'http', url, ...onlyGiven({ keyEnv: options.keyEnv, batch: options.batch, timeoutMs }) },
    }
  if (command !== undefined)
    return { settings: { kind: 'command', command: command.trim().split(/\s+/), ...onlyGiven({ timeoutMs }) } }
  if (predictions !== undefined) return { settings: { kind: 'predictions', path: predictions } }
  return { settings: { kind: 'provider', provider: provider! } }
}
