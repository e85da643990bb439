/** Builds `dist/` from `src/` (an installed package runs it, since Node strips no types below node_modules) and links the clone’s own command. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
const dist = join(root, 'dist')
// The studio’s pages stay: when a package is packed, they are built before this runs.
const stale = existsSync(dist) ? readdirSync(dist).filter(name => name !== 'studio') : []
for (const name of stale) rmSync(join(dist, name), { recursive: true })
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })

// Licences of word lists go where the lists go.
const lists = join('perturbations', 'lists')
for (const notice of readdirSync(join(root, 'src', lists)).filter(name => name.startsWith('NOTICE-'))) {
  copyFileSync(join(root, 'src', lists, notice), join(dist, lists, notice))
}

// npx finds a package’s own command only through a copy it installs into its cache; with this link it starts at once.
const link = join(root, 'node_modules', '.bin', 'cultivar')
if (process.platform !== 'win32' && existsSync(dirname(link)) && !existsSync(link)) {
  symlinkSync(join('..', '..', 'bin', 'cultivar.js'), link)
}
