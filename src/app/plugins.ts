/** The plug-ins of a workspace: those built in and those from the modules its configuration names. */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import * as critics from '../critics/index.ts'
import type { AnyCritic, AnyGenerator } from '../engine/define.ts'
import type { Format } from '../formats/format.ts'
import * as formats from '../formats/index.ts'
import * as generators from '../generators/index.ts'
import { CultivarError } from '../model/error.ts'
import { resolveSelf } from './resolve-self.ts'

export interface Plugins {
  generators: AnyGenerator[]
  critics: AnyCritic[]
  formats: Format[]
}

/** What needs no configuration; a new value each time, to which others can be added. */
export function builtIns(): Plugins {
  return { generators: Object.values(generators), critics: Object.values(critics), formats: Object.values(formats) }
}

const configurationFile = 'cultivar.yaml'

const configuration = z.strictObject({
  plugins: z.array(z.string()).default([]).describe('Modules that export generators, critics or formats'),
})

/**
 * Loads what `cultivar.yaml` in `folder` names; without such a file, the built-ins alone. All that a module exports and that
 * is a plug-in counts, lists of them included; whatever else it exports is its own affair.
 * Throws CultivarError `bad-input` for what cannot be read or loaded, `already-exists` for a kind taken twice.
 */
export async function loadPlugins(folder: string): Promise<Plugins> {
  const plugins = builtIns()
  for (const path of await pluginPaths(folder)) {
    const exported = Object.values(await loadModule(folder, path)).flat()
    for (const value of exported) add(plugins, value, path)
  }
  return plugins
}

async function pluginPaths(folder: string): Promise<string[]> {
  const file = join(folder, configurationFile)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  try {
    return configuration.parse(parse(text) ?? {}).plugins
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    throw new CultivarError(
      'bad-input',
      `${file} cannot be understood: ${why}`,
      `It may hold one thing: “plugins: [./my-generator.ts]”.`,
      { file },
    )
  }
}

async function loadModule(folder: string, path: string): Promise<Record<string, unknown>> {
  resolveSelf()
  try {
    return await import(pathToFileURL(resolve(folder, path)).href)
  } catch (error) {
    throw new CultivarError(
      'bad-input',
      `The plug-in ${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      `It is named in ${join(folder, configurationFile)}. Plug-ins are ES modules; TypeScript may be used as far as Node can strip it.`,
      { path },
    )
  }
}

/** Adds plug-ins that a program brings itself. Throws CultivarError `already-exists` for a kind taken twice. */
export function addPlugins(plugins: Plugins, values: unknown[]): void {
  for (const value of values) add(plugins, value, 'given in code')
}

function add(plugins: Plugins, value: unknown, path: string): void {
  if (isGenerator(value)) append(plugins.generators, value, path)
  else if (isCritic(value)) append(plugins.critics, value, path)
  else if (isFormat(value)) append(plugins.formats, value, path)
}

function append<T extends { kind: string }>(list: T[], plugin: T, path: string): void {
  const same = list.find(other => other.kind === plugin.kind)
  // One value exported under two names.
  if (same === plugin) return
  if (same) {
    throw new CultivarError(
      'already-exists',
      `The plug-in ${path} defines “${plugin.kind}”, and there is one of that kind already.`,
      'Give it another kind.',
      { path, kind: plugin.kind },
    )
  }
  list.push(plugin)
}

function isGenerator(value: unknown): value is AnyGenerator {
  return hasKind(value) && typeof value['propose'] === 'function'
}

function isCritic(value: unknown): value is AnyCritic {
  return hasKind(value) && typeof value['phase'] === 'string' && typeof value['open'] === 'function'
}

function isFormat(value: unknown): value is Format {
  return hasKind(value) && typeof value['read'] === 'function' && typeof value['write'] === 'function'
}

function hasKind(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
}
