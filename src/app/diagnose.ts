/** What could keep Cultivar from working in a workspace: what is installed, what answers, what contradicts itself. */
import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { runGit } from '../git/run-git.ts'
import { CultivarError } from '../model/error.ts'
import type { Provider } from '../model/provider.ts'
import { isLoopback } from '../providers/egress.ts'
import { leaseHolder } from '../stores/lease-holder.ts'
import { missingInstall } from './local-models.ts'
import { builtIns, type Plugins } from './plugins.ts'
import { isAlive } from './process-holder.ts'
import { checkProviders, detectOnLoopback } from './providers.ts'
import { spelledCounts } from './spelled.ts'
import { ownFolder, type Workspace } from './workspace.ts'

export interface Finding {
  what: string
  /** `note`: nothing is wrong, but something is not there, or may surprise. */
  state: 'ok' | 'note' | 'FAIL'
  message: string
  hint?: string
}

/** Below this a run soon has no room for what it pays for. */
const leastFreeBytes = 500e6

/** Asks each provider with a few tiny calls; sends nothing of any project. */
export async function diagnose(workspace: Workspace): Promise<Finding[]> {
  return [
    { what: 'workspace', state: 'ok', message: workspace.folder },
    await database(workspace),
    await disk(workspace),
    plugins(workspace.plugins),
    ...(await environment(workspace)),
    ...(await secretKeyFile(workspace)),
    ...(await projects(workspace)),
    ...(await unfinishedRuns(workspace)),
    ...(await providers(workspace)),
    await localModels(workspace),
    await git(workspace),
  ]
}

/** Needed for documents that a taxonomy names by repository, and to know which leaves changed; nothing else. */
async function git({ folder, environment }: Workspace): Promise<Finding> {
  try {
    const { output } = await runGit(folder, ['--version'], { environment })
    return { what: 'git', state: 'ok', message: output.toString().trim() }
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    return { what: 'git', state: 'note', message: error.message, hint: error.hint }
  }
}

async function database({ environment, store }: Workspace): Promise<Finding> {
  const url = environment['DATABASE_URL']
  const count = spelledCounts((await store.listProjects()).length, 'project')
  const where = url ? `PostgreSQL at ${new URL(url).host}` : 'SQLite, in the workspace'
  return { what: 'database', state: 'ok', message: `${where}; ${count}` }
}

async function disk({ folder }: Workspace): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const message = `${(free / 1e9).toFixed(1)} GB free`
  return free >= leastFreeBytes
    ? { what: 'disk', state: 'ok', message }
    : { what: 'disk', state: 'FAIL', message, hint: 'Make room: a run stops sending when the disk is full.' }
}

function plugins(loaded: Plugins): Finding {
  const own = builtIns()
  const groups = ['generators', 'critics', 'formats'] as const
  const added = groups.flatMap(group => {
    const known = new Set(own[group].map(({ kind }) => kind))
    return loaded[group].filter(({ kind }) => !known.has(kind)).map(({ kind }) => kind)
  })
  const counts = groups.map(group => `${loaded[group].length} ${group}`).join(', ')
  const yours = added.length > 0 ? `; from cultivar.yaml: ${added.join(', ')}` : ''
  return { what: 'plug-ins', state: 'ok', message: counts + yours }
}

/** Settings that work from afar: whoever forgot them does not understand what happens. */
async function environment({ environment }: Workspace): Promise<Finding[]> {
  const names = ['API_ENDPOINT', 'MODEL', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'CULTIVAR_LLAMA']
  const set = names.filter(name => environment[name])
  const certificates = environment['NODE_EXTRA_CA_CERTS']
  const missing = certificates !== undefined && !(await stat(certificates).catch(() => undefined))
  return [
    ...(set.length > 0 ? [{ what: 'environment', state: 'note' as const, message: `${set.join(', ')} set` }] : []),
    ...(missing
      ? [
          {
            what: 'environment',
            state: 'FAIL' as const,
            message: `NODE_EXTRA_CA_CERTS names ${certificates}, which cannot be read`,
            hint: 'Correct or unset it: until then, services behind your own certificates are refused.',
          },
        ]
      : []),
  ]
}

async function secretKeyFile({ folder, environment }: Workspace): Promise<Finding[]> {
  if (environment['CULTIVAR_SECRET_KEY'] || process.platform === 'win32') return []
  const file = join(ownFolder(folder), 'secret.key')
  const found = await stat(file).catch(() => undefined)
  if (!found || (found.mode & 0o077) === 0) return []
  const message = `${file} can be read by others`
  return [{ what: 'secrets', state: 'FAIL', message, hint: `Close it: chmod 600 ${file}` }]
}

async function projects({ store }: Workspace): Promise<Finding[]> {
  const stored = await store.listProviders()
  return (await store.listProjects()).flatMap(({ project: { name, egress, embedder } }): Finding[] => {
    const assigned = stored.filter(({ projects }) => projects.includes(name)).map(({ provider }) => provider)
    const what = `project ${name}`
    const far = egress === 'none' ? assigned.filter(provider => !staysHere(provider)) : []
    return [
      ...(stored.length > 0 && assigned.length === 0
        ? [
            {
              what,
              state: 'note' as const,
              message: 'may use no provider',
              hint: `cultivar providers assign NAME ${name}`,
            },
          ]
        : []),
      ...far.map(provider => ({
        what,
        state: 'note' as const,
        message: `lets no text leave this machine, so it cannot use ${provider.name}, which is assigned`,
        hint: `cultivar providers unassign ${provider.name} ${name}, or cultivar projects set ${name} --egress redacted`,
      })),
      ...(embedder !== undefined && !assigned.some(provider => provider.name === embedder)
        ? [
            {
              what,
              state: 'FAIL' as const,
              message: `its embedder ${embedder} is not assigned to it`,
              hint: `cultivar providers assign ${embedder} ${name}, or cultivar projects set ${name} --embedder ""`,
            },
          ]
        : []),
    ]
  })
}

function staysHere({ kind, endpoint }: Provider): boolean {
  return kind === 'local' || (endpoint !== undefined && isLoopback(endpoint))
}

async function unfinishedRuns({ store, database, clock }: Workspace): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { id, state, project } of await store.listRuns()) {
    if (state !== 'running') continue
    const held = await leaseHolder(database, project, clock.now())
    if (held?.run === id && isAlive(held.holder)) continue
    const message = `of project ${project} was not finished: its process is gone`
    findings.push({ what: `run ${id}`, state: 'note', message, hint: `cultivar runs resume ${id}` })
  }
  return findings
}

async function providers(workspace: Workspace): Promise<Finding[]> {
  const checks = await checkProviders(workspace)
  const known = new Set((await workspace.store.listProviders()).map(({ provider }) => provider.endpoint))
  const unused = (await detectOnLoopback(workspace.environment)).filter(({ endpoint }) => !known.has(endpoint))
  return [
    ...checks.map((checked): Finding => {
      const { message, hint } = checked.error ?? checked.check
      const state = checked.error || !checked.check.ok ? 'FAIL' : 'ok'
      return { what: `provider ${checked.name}`, state, message, ...(hint && { hint }) }
    }),
    ...unused.map(({ name, endpoint }) => ({
      what: 'providers',
      state: 'note' as const,
      message: `${name} answers at ${endpoint} and is not added`,
      hint: 'cultivar providers detect --add',
    })),
    ...(checks.length === 0 && unused.length === 0
      ? [
          {
            what: 'providers',
            state: 'note' as const,
            message: 'none',
            hint: 'cultivar providers detect, or cultivar providers add',
          },
        ]
      : []),
  ]
}

async function localModels(workspace: Workspace): Promise<Finding> {
  const missing = await missingInstall(workspace)
  const what = 'local models'
  if (!missing) return { what, state: 'ok', message: 'node-llama-cpp is installed' }
  return { what, state: 'note', message: missing.message, hint: missing.hint }
}
