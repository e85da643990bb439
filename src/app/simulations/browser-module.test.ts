/** Models’ files as a browser loads them. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/temporary-folder.ts'
import * as library from '../../simulations/index.ts'
import { browserModule, libraryModule } from './browser-module.ts'

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

describe('a model’s file for the browser', () => {
  it('runs as the original does, with the library that the page loaded and the files beside it', async () => {
    const folder = await folderWith({
      'model.ts': `
        import { agent as base, type Agent } from 'cultivar/simulations'
        import type { z } from 'zod'
        import { twice } from './parts/twice.ts'
        const text: string = "import { no } from 'nowhere'"
        export const made = { base, text, four: twice(2 as number) satisfies number, later: () => import('./parts/twice.ts') }
        export type Shape = z.ZodType<Agent>
      `,
      'parts/twice.ts': `import { z } from 'zod'
        export const twice = (n: number): number => z.number().parse(2 * n)`,
    })
    const served = await temporaryFolder()
    for (const name of ['model.ts', 'parts/twice.ts', libraryModule, 'zod.js']) {
      const code = await browserModule(folder, name)
      // As a server finds them: one name without slashes, which the browser writes encoded.
      await writeFile(join(served, `${name.replaceAll('/', '_')}.mjs`), atFiles(code))
    }
    Object.assign(globalThis, { [Symbol.for('cultivar.simulations')]: library })
    const { made } = await import(pathToFileURL(join(served, 'model.ts.mjs')).href)
    expect(made.base).toBe(library.agent)
    expect(made.four).toBe(4)
    expect(made.text).toContain('nowhere')
    expect((await made.later()).twice(3)).toBe(6)
  })

  it('says what a browser does not have', async () => {
    const folder = await folderWith({
      'model.ts': "import { readFile } from 'node:fs/promises'\nexport default readFile",
    })
    await expect(browserModule(folder, 'model.ts')).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('node:fs/promises'),
    })
  })

  it('gives nothing from outside of the model’s folder, and no other kinds of files', async () => {
    const folder = await folderWith({ 'inner/model.ts': 'export default 1', 'secret.ts': 'x', 'inner/notes.txt': 'x' })
    for (const name of ['../secret.ts', join(folder, 'secret.ts'), 'notes.txt', '', '.'])
      await expect(browserModule(join(folder, 'inner'), name)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('says where a file is no module', async () => {
    const folder = await folderWith({ 'model.ts': 'export const = 1' })
    await expect(browserModule(folder, 'model.ts')).rejects.toMatchObject({ code: 'bad-file' })
  })
})

function atFiles(code: string): string {
  return code.replaceAll(/(["'])\.\/([^"']+)\1/g, (_, quote, address) => {
    return `${quote}./${decodeURIComponent(address).replaceAll('/', '_')}.mjs${quote}`
  })
}
