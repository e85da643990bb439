/** Builds the studio's pages into `dist/studio/` and compresses them, so that the server never has to. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { sourcesHash } from '../src/server/studio-pages.ts'

const root = dirname(import.meta.dirname)
const hash = sourcesHash(root)
await build({ configFile: join(root, 'web', 'vite.config.ts'), logLevel: 'warn' })
const built = join(root, 'dist', 'studio')
for (const entry of readdirSync(built, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue
  const path = join(entry.parentPath, entry.name)
  const bytes = readFileSync(path)
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
}
writeFileSync(join(built, 'sources.sha256'), hash)
