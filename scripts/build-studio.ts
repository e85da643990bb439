/** Builds the studio's pages into `dist/studio/` and compresses them, so that the server never has to. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { sourcesHash } from '../src/server/studio-pages.ts'

const root = dirname(import.meta.dirname)
const pages = join(root, 'dist', 'studio')
// Built beside and put in place whole: a studio that starts meanwhile finds the old pages or the new ones.
const draft = join(root, 'dist', `studio-${process.pid}`)
const hash = sourcesHash(root)
mkdirSync(draft, { recursive: true })
// Whoever has it built may be a test, whose mode would give pages that are larger and slower.
process.env['NODE_ENV'] = 'production'
try {
  await build({
    configFile: join(root, 'web', 'vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: draft, emptyOutDir: true },
  })
  for (const entry of readdirSync(draft, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = readFileSync(path)
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
  }
  writeFileSync(join(draft, 'sources.sha256'), hash)
  putInPlace()
} finally {
  rmSync(draft, { recursive: true, force: true })
}

/** What is there moves aside, which takes no time. Another process may put its pages there meanwhile: of the same sources, either will do. */
function putInPlace(triesLeft = 20): void {
  const old = `${draft}-old`
  try {
    renameSync(pages, old)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  try {
    renameSync(draft, pages)
  } catch (error) {
    if (triesLeft === 0 || !['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error
    rmSync(old, { recursive: true, force: true })
    putInPlace(triesLeft - 1)
  }
  rmSync(old, { recursive: true, force: true })
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
