/** Makes the guide’s pictures: runs the test that looks at every page, and copies those that the guide shows. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)
const screens = join(root, 'test-results', 'screens')
const pictures = join(root, 'docs', 'guides', 'pictures')

/** Picture of the guide → screen of the test. */
const shown: Record<string, string> = {
  overview: 'overview-1280-light',
  records: 'record-lineage-1280-light',
  grow: 'grow-1280-light',
  prompt: 'grow-prompt-1280-light',
  multiply: 'grow-few-shot-1280-light',
  run: 'run-1280-light',
  trial: 'trial-1280-light',
  improvement: 'improvement-1280-dark',
}

execFileSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    'vitest.studio.config.ts',
    'test/studio/screens',
  ],
  { cwd: root, stdio: 'inherit' },
)
mkdirSync(pictures, { recursive: true })
for (const [picture, screen] of Object.entries(shown)) {
  copyFileSync(join(screens, `${screen}.png`), join(pictures, `${picture}.png`))
}
