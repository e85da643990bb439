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

/** Another process may have put its pages there a moment ago: they are of the same sources, and either will do. */
function putInPlace(triesLeft = 5): void {
  rmSync(pages, { recursive: true, force: true })
  try {
    renameSync(draft, pages)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (triesLeft === 0 || (code !== 'ENOTEMPTY' && code !== 'EEXIST')) throw error
    putInPlace(triesLeft - 1)
  }
}
