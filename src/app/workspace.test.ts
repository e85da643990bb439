/** Workspaces made, found and refused. */
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, inject, it } from 'vitest'
import { testDatabases } from '../../test/databases.ts'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { CultivarError } from '../model/error.ts'
import { secretKey } from './secret-key.ts'
import { initWorkspace, openWorkspace } from './workspace.ts'

async function refusal(work: Promise<unknown>): Promise<CultivarError> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof CultivarError) return error
  throw error
}

describe('a workspace', () => {
  it('is made once, and doing it again loses nothing', async () => {
    const folder = temporaryFolder()
    expect(await initWorkspace(folder)).toEqual({ folder, created: true })
    const first = await openWorkspace({ cwd: folder, environment: {} })
    await first.store.createProject({ name: 'support', kind: 'text', labels: [], instructions: '', egress: 'none' }, 1)
    await first.close()
    expect(await initWorkspace(folder)).toEqual({ folder, created: false })
    const again = await openWorkspace({ cwd: folder, environment: {} })
    expect(await again.store.listProjects()).toHaveLength(1)
    await again.close()
  })

  it('is found from any folder inside it, the nearest first, and by name from anywhere', async () => {
    const outer = temporaryFolder()
    const inner = join(outer, 'a', 'inner')
    const deep = join(inner, 'b', 'c')
    mkdirSync(deep, { recursive: true })
    await initWorkspace(outer)
    await initWorkspace(inner)
    const folderOf = async (options: { cwd: string; folder?: string }) => {
      const workspace = await openWorkspace({ ...options, environment: {} })
      await workspace.close()
      return workspace.folder
    }
    expect(await folderOf({ cwd: deep })).toBe(inner)
    expect(await folderOf({ cwd: join(outer, 'a') })).toBe(outer)
    expect(await folderOf({ cwd: deep, folder: outer })).toBe(outer)
    expect(await folderOf({ cwd: outer, folder: 'a/inner' })).toBe(inner)
    const error = await refusal(openWorkspace({ cwd: outer, folder: 'a', environment: {} }))
    expect(error.code).toBe('no-workspace')
    expect(error.hint).toContain('cultivar init')
  })

  it('says what to do where there is none', async () => {
    const error = await refusal(openWorkspace({ cwd: temporaryFolder(), environment: {} }))
    expect(error.code).toBe('no-workspace')
    expect(error.hint).toContain('cultivar init')
  })

  it('keeps what it holds out of version control', async () => {
    const { folder } = await temporaryWorkspace()
    expect(readFileSync(join(folder, '.cultivar', '.gitignore'), 'utf8')).toBe('*\n')
  })

  it('made by a newer version is refused and not touched', async () => {
    const { folder, close } = await temporaryWorkspace()
    await close()
    const file = join(folder, '.cultivar', 'workspace.db')
    const database = new DatabaseSync(file)
    database.exec('insert into version (number) values (999)')
    database.close()
    const before = readFileSync(file)
    expect((await refusal(openWorkspace({ cwd: folder, environment: {} }))).code).toBe('workspace-newer')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it.each([
    ['is not a database', Buffer.from('text, not a database\n'.repeat(500))],
    ['was cut short', undefined],
  ])('whose file %s is refused with a way out', async (_, content) => {
    const { folder, close } = await temporaryWorkspace()
    await close()
    const file = join(folder, '.cultivar', 'workspace.db')
    writeFileSync(file, content ?? readFileSync(file).subarray(0, 5000))
    const error = await refusal(openWorkspace({ cwd: folder, environment: {} }))
    expect(error.code).toBe('bad-file')
    expect(error.message).toContain(file)
    expect(error.hint).toContain('cultivar init')
  })

  it('cannot be made where nothing may be written', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    expect((await refusal(initWorkspace(join(folder, 'file')))).code).toBe('storage-unavailable')
  })

  it('that another process keeps locked is waited for, then refused as something that passes', async () => {
    const { folder, close } = await temporaryWorkspace()
    await close()
    const other = new DatabaseSync(join(folder, '.cultivar', 'workspace.db'))
    other.exec('begin immediate')
    const error = await refusal(openWorkspace({ cwd: folder, environment: {} }))
    other.close()
    expect(error.code).toBe('storage-unavailable')
    const opened = await openWorkspace({ cwd: folder, environment: {} })
    await opened.close()
  })
})

describe('a workspace on PostgreSQL', () => {
  it.skipIf(!inject('postgresUrl'))('is where DATABASE_URL says, and needs no folder', async () => {
    const { address, close } = await testDatabases()[1]!.open()
    const cwd = temporaryFolder()
    const workspace = await openWorkspace({ cwd, environment: { DATABASE_URL: address } })
    expect(workspace.database.dialect).toBe('postgres')
    expect(workspace.folder).toBe(cwd)
    expect(await workspace.store.listProjects()).toEqual([])
    await workspace.close()
    await close()
  })

  it.each([
    ['mysql://user:hunter22@host/db', 'bad-input'],
    ['postgres://user:hunter22@127.0.0.1:1/db', 'storage-unavailable'],
    ['postgres://user:hunter22@127.0.0.1:port/db', 'storage-unavailable'],
  ])('at %s is refused without repeating the password', async (url, code) => {
    const error = await refusal(openWorkspace({ cwd: temporaryFolder(), environment: { DATABASE_URL: url } }))
    expect(error.code).toBe(code)
    expect(JSON.stringify([error, error.message, error.stack, error.cause])).not.toContain('hunter22')
  })
})

describe('the key of secrets', () => {
  it('is made once, for its owner alone', async () => {
    const workspace = await temporaryWorkspace()
    const keys = await Promise.all([secretKey(workspace), secretKey(workspace), secretKey(workspace)])
    expect(new Set(keys.map(key => Buffer.from(key).toString('hex'))).size).toBe(1)
    expect(keys[0]).toHaveLength(32)
    expect(statSync(join(workspace.folder, '.cultivar', 'secret.key')).mode & 0o777).toBe(0o600)
  })

  it('is the environment’s if that has one, and must be a key', async () => {
    const hex = '0123456789abcdef'.repeat(4)
    const workspace = await temporaryWorkspace({ CULTIVAR_SECRET_KEY: hex })
    expect(Buffer.from(await secretKey(workspace)).toString('hex')).toBe(hex)
    const short = { ...workspace, environment: { CULTIVAR_SECRET_KEY: 'correct horse' } }
    const error = await refusal(secretKey(short))
    expect(error.code).toBe('bad-input')
    expect(error.message).not.toContain('horse')
    const file = join(workspace.folder, '.cultivar', 'secret.key')
    writeFileSync(file, 'damaged')
    chmodSync(file, 0o600)
    expect((await refusal(secretKey({ ...workspace, environment: {} }))).code).toBe('bad-input')
  })
})
