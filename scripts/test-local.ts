/** Tests local models for real: installs node-llama-cpp into a folder of its own, by the very command that users are told, and runs `test/local`. */
import { execFileSync, execSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { installCommand } from '../src/providers/local/install.ts'

const root = dirname(import.meta.dirname)
const given = process.env['CULTIVAR_LLAMA']
const folder = given ?? mkdtempSync(join(tmpdir(), 'cultivar-llama-'))
try {
  if (given === undefined) execSync(installCommand(folder), { cwd: folder, stdio: ['ignore', 2, 2] })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  execFileSync(process.execPath, [vitest, 'run', '--config', 'vitest.local.config.ts', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CULTIVAR_LLAMA: folder },
  })
} catch (error) {
  // What failed has said so itself.
  process.exitCode = (error as { status?: number }).status ?? 1
} finally {
  if (given === undefined) rmSync(folder, { recursive: true, force: true })
}
