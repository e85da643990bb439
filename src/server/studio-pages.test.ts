/** When the studio's pages are built anew: when their sources changed, and not each time. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { pageSources, sourcesHash } from './studio-pages.ts'

function clone(page: string): string {
  const root = temporaryFolder()
  for (const folder of [...pageSources, 'web/node_modules/.vite']) mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, 'package-lock.json'), '{}')
  writeFileSync(join(root, 'web', 'page.tsx'), page)
  return root
}

it('takes the same sources for the same, wherever they lie and however their folder is written', () => {
  const root = clone('one')
  const hash = sourcesHash(root)
  expect(sourcesHash(`${root}/`)).toBe(hash)
  expect(sourcesHash(clone('one'))).toBe(hash)
  expect(sourcesHash(clone('two'))).not.toBe(hash)
})

it('looks at all that pages import', () => {
  const root = clone('one')
  for (const folder of pageSources) {
    const hash = sourcesHash(root)
    writeFileSync(join(root, folder, 'more.ts'), folder)
    expect(sourcesHash(root)).not.toBe(hash)
  }
})

it('does not look at tests, nor at what building leaves behind', () => {
  const root = clone('one')
  const hash = sourcesHash(root)
  writeFileSync(join(root, 'web', 'page.test.ts'), 'other')
  writeFileSync(join(root, 'web', 'node_modules', '.vite', 'cache'), 'other')
  expect(sourcesHash(root)).toBe(hash)
})
