/** Starts one temporary PostgreSQL for the whole test run, where the machine has one; says visibly if it has not. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection URL of the temporary cluster's `postgres` database; empty if there is none. */
    postgresUrl: string
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const bin = findBin()
  if (!bin) {
    if (process.env['CULTIVAR_REQUIRE_POSTGRES']) throw new Error('PostgreSQL is required here and was not found')
    process.stderr.write('\n  SKIPPED: no PostgreSQL on this machine, so the store laws run on SQLite alone.\n\n')
    project.provide('postgresUrl', '')
    return () => undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-postgres-'))
  const asRoot = process.getuid?.() === 0
  if (asRoot) {
    const uid = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }))
    const gid = Number(execFileSync('id', ['-g', 'postgres'], { encoding: 'utf8' }))
    chownSync(folder, uid, gid)
  }
  const run = (program: string, args: string[]) => {
    const command = asRoot
      ? ['runuser', '-u', 'postgres', '--', join(bin, program), ...args]
      : [join(bin, program), ...args]
    const done = spawnSync(command[0]!, command.slice(1), {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr || done.stdout}`)
  }
  const data = join(folder, 'data')
  const port = await freePort()
  const stop = () => {
    spawnSync(
      asRoot ? 'runuser' : join(bin, 'pg_ctl'),
      [...(asRoot ? ['-u', 'postgres', '--', join(bin, 'pg_ctl')] : []), '-D', data, '-m', 'immediate', 'stop'],
      { stdio: 'ignore' },
    )
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C.UTF-8', '-E', 'UTF8'])
    run('pg_ctl', [
      '-D',
      data,
      '-l',
      join(folder, 'log'),
      '-w',
      '-o',
      `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c max_connections=200`,
      'start',
    ])
  } catch (error) {
    stop()
    throw error
  }
  project.provide('postgresUrl', `postgres://postgres@127.0.0.1:${port}/postgres`)
  return stop
}

function findBin(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map(version => join(debian, version, 'bin')), '/usr/local/bin', '/opt/homebrew/bin']
  return folders.find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')))
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
