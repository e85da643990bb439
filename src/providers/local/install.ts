/** Where node-llama-cpp is found, and the one command that puts it there. Cultivar never installs, downloads or compiles it by itself. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CultivarError } from '../../model/error.ts'
import type { LlamaModule } from './llama-module.ts'

const packageName = 'node-llama-cpp'
/** The one that was tried; any of the same major version is taken. */
const version = '3.22.1'

/** `process.platform-process.arch` → the package that holds the binary. All use the processor alone but that of Apple silicon. */
const binaries: Record<string, string> = {
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'linux-arm': 'linux-armv7l',
  'linux-arm64': 'linux-arm64',
  'linux-riscv64': 'linux-riscv64',
  'linux-x64': 'linux-x64',
  'win32-arm64': 'win-arm64',
  'win32-x64': 'win-x64',
}

/** The command that installs it into a folder (85 MB): itself and the one binary for this machine, running no scripts. */
export function installCommand(
  folder: string,
  { platform, arch }: { platform: string; arch: string } = process,
): string {
  const binary = binaries[`${platform}-${arch}`]
  if (!binary) {
    throw new CultivarError(
      'bad-input',
      `There is no llama.cpp binary for ${platform} on ${arch}.`,
      'Run a model server instead, on this machine or another: cultivar providers detect',
    )
  }
  const into = /^[\w@%+=:,./\\-]+$/.test(folder) ? folder : `"${folder}"`
  return `npm install --prefix ${into} --omit=optional --ignore-scripts ${packageName}@${version} @node-llama-cpp/${binary}@${version}`
}

export interface InstallPlaces {
  /** A folder that holds `node_modules`: CULTIVAR_LLAMA; looked at first, since who sets it means it. */
  chosen?: string | undefined
  /** Where the command above puts it. */
  own: string
}

/**
 * The file to import: of the chosen folder, else of what Cultivar’s own `node_modules` resolve, else of the workspace.
 * Throws CultivarError `not-found` with the command that installs it, `bad-input` if another major version is there.
 */
export async function findLlama({ chosen, own }: InstallPlaces): Promise<string> {
  const folders = chosen ? [chosen] : [import.meta.dirname, own]
  const entry = folders.map(entryIn).find(found => found !== undefined)
  if (!entry) {
    throw new CultivarError(
      'not-found',
      `Local models run through ${packageName}, which is not installed${chosen ? ` in ${chosen} (CULTIVAR_LLAMA)` : ''}.`,
      `Install it, once (85 MB): ${installCommand(chosen || own)}`,
    )
  }
  const found = await versionOf(entry)
  if (found.split('.')[0] === version.split('.')[0]) return entry
  throw new CultivarError(
    'bad-input',
    `${packageName} ${found} is installed, and version ${version.split('.')[0]} is needed.`,
    `Install that: ${installCommand(own)}`,
  )
}

export async function importLlama(entry: string): Promise<LlamaModule> {
  return (await import(pathToFileURL(entry).href)) as LlamaModule
}

function entryIn(folder: string): string | undefined {
  try {
    return createRequire(join(folder, 'from.js')).resolve(packageName)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

async function versionOf(entry: string): Promise<string> {
  return JSON.parse(await readFile(join(dirname(dirname(entry)), 'package.json'), 'utf8')).version
}
