/** The opt-in install: found where it may be, and told in one command where it is not. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findLlama, installCommand } from './install.ts'

function folderWith(version?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-install-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  if (version !== undefined) {
    const dist = join(folder, 'node_modules', 'node-llama-cpp', 'dist')
    mkdirSync(dist, { recursive: true })
    writeFileSync(join(dist, 'index.js'), '')
    const manifest = {
      name: 'node-llama-cpp',
      version,
      type: 'module',
      exports: { '.': { import: './dist/index.js', node: './dist/index.js' } },
    }
    writeFileSync(join(dist, '..', 'package.json'), JSON.stringify(manifest))
  }
  return folder
}

it.each([
  ['linux', 'x64', 'linux-x64'],
  ['linux', 'arm64', 'linux-arm64'],
  ['darwin', 'arm64', 'mac-arm64-metal'],
  ['win32', 'x64', 'win-x64'],
])('installs on %s %s the module and the one binary, running no scripts', (platform, arch, binary) => {
  expect(installCommand('.cultivar/local', { platform, arch })).toBe(
    `npm install --prefix .cultivar/local --omit=optional --ignore-scripts node-llama-cpp@3.22.1 @node-llama-cpp/${binary}@3.22.1`,
  )
})

it('quotes a folder with blanks, and says where there is no binary', () => {
  expect(installCommand('/my files/.cultivar', { platform: 'linux', arch: 'x64' })).toContain(
    '--prefix "/my files/.cultivar"',
  )
  expect(() => installCommand('x', { platform: 'aix', arch: 'ppc64' })).toThrow('aix')
})

it('is found in the workspace’s own folder, or in the one that was chosen, which goes first', async () => {
  const [own, chosen] = [folderWith('3.30.0'), folderWith('3.22.1')]
  expect(await findLlama({ own })).toContain(own)
  expect(await findLlama({ own, chosen })).toContain(chosen)
})

it('says how to install it where it is not', async () => {
  const [own, chosen] = [folderWith(), folderWith()]
  await expect(findLlama({ own })).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringContaining(installCommand(own)),
  })
  await expect(findLlama({ own: folderWith('3.22.1'), chosen })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('CULTIVAR_LLAMA'),
  })
})

it('takes no other major version', async () => {
  await expect(findLlama({ own: folderWith('4.0.0') })).rejects.toMatchObject({ code: 'bad-input' })
})
