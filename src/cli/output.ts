/** What commands print: data to stdout as text or JSON, all else to stderr. */
import type { Command } from 'commander'
import type { CultivarError } from '../model/error.ts'

/** Options that every command has. */
export interface SharedOptions {
  json?: boolean
  workspace?: string
}

/** Data. Resolves once it is written, so that whoever reads slowly is waited for. */
export function print(text: string): Promise<void> {
  return new Promise(resolve => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, () => resolve()))
}

/** A remark for the person at the terminal, never part of the data. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** The same result for programs (`--json`) or for people. */
export function show(command: Command, value: unknown, text: () => string): Promise<void> {
  return print(wantsJson(command) ? JSON.stringify(value, null, 2) : text())
}

export function wantsJson(command: Command): boolean {
  return command.optsWithGlobals<SharedOptions>().json === true
}

/** Columns of the terminal, or 80 where there is none. */
export function terminalWidth(): number {
  return Math.max(40, process.stdout.columns ?? 80)
}

/** `error: what happened` and `hint: what to do`, the hint’s further lines indented. */
export function errorText({ message, hint }: Pick<CultivarError, 'message' | 'hint'>): string {
  return `error: ${message}${hint ? `\nhint: ${hint.replaceAll('\n', '\n      ')}` : ''}`
}
