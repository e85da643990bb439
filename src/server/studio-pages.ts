/** Where the studio's built pages are; in a clone they are built when their sources changed. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CultivarError } from '../model/error.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Folder of the pages. `tell` hears that they are built, which takes a few seconds. Throws CultivarError `bad-file`. */
export async function studioPages(tell: (text: string) => void): Promise<string> {
  const pages = join(root, 'dist', 'studio')
  const isClone = existsSync(join(root, 'web', 'index.html')) && !root.includes(`${sep}node_modules${sep}`)
  if (isClone && builtFrom(pages) !== sourcesHash(root)) {
    tell('Building the studio’s pages, once …')
    await build(join(root, 'scripts', 'build-studio.ts'))
  }
  if (existsSync(join(pages, 'index.html'))) return pages
  throw new CultivarError(
    'bad-file',
    'The studio’s pages are missing from this installation.',
    'Install Cultivar again.',
  )
}

/** What pages may import, and what that imports in turn. */
export const pageSources = [
  'web',
  ...['model', 'simulations', 'stats', 'tables', 'text'].map(name => join('src', name)),
]

/** SHA-256 of all the pages are built from. */
export function sourcesHash(from: string): string {
  const hash = createHash('sha256')
  for (const folder of pageSources) {
    const files = readdirSync(join(from, folder), { recursive: true, withFileTypes: true })
      // Vite writes into a node_modules of its own while it builds.
      .filter(
        entry => entry.isFile() && !/\.test\.ts$|node_modules/.test(relative(from, join(entry.parentPath, entry.name))),
      )
      .map(entry => join(entry.parentPath, entry.name))
    for (const file of files.sort()) hash.update(`${relative(from, file)}\0`).update(readFileSync(file))
  }
  return hash.update(readFileSync(join(from, 'package-lock.json'))).digest('hex')
}

function builtFrom(pages: string): string | undefined {
  const file = join(pages, 'sources.sha256')
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function build(script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', part => {
      said += part
    })
    child.on('error', reject)
    child.on('close', code =>
      code === 0
        ? resolve()
        : reject(
            new CultivarError(
              'bad-file',
              `The studio’s pages could not be built:\n${said.trim()}`,
              'Run “npm ci” in the clone, then try again.',
            ),
          ),
    )
  })
}
