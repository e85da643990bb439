/** `cultivar doctor`: what could keep Cultivar from working here. */
import { statfs } from 'node:fs/promises'
import type { Command } from 'commander'
import { CultivarError, errorCodes } from '../model/error.ts'
import { inWorkspace } from './in-workspace.ts'
import { show } from './output.ts'

interface Finding {
  what: string
  /** `note`: nothing is wrong, but something is not there. */
  state: 'ok' | 'note' | 'FAIL'
  message: string
  hint?: string
}

/** Below this a run soon has no room for what it pays for. */
const leastFreeBytes = 500e6

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at what could go wrong: Node, workspace, database, disk, providers')
    .addHelpText('after', '\nExamples:\n  cultivar doctor\n  cultivar doctor --json')
    .action(async (_: unknown, command: Command) => {
      const findings = [node(), ...(await workspaceFindings(command))]
      await show(command, findings, () =>
        findings
          .map(
            ({ what, state, message, hint }) =>
              `${state.padEnd(4)}  ${what}: ${message}${hint ? `\n      ${hint}` : ''}`,
          )
          .join('\n'),
      )
      if (findings.some(({ state }) => state === 'FAIL')) process.exitCode = errorCodes['bad-input'].exit
    })
}

function node(): Finding {
  return {
    what: 'Node',
    state: 'ok',
    message: `${process.version} (${process.platform} ${process.arch}) at ${process.execPath}`,
  }
}

async function workspaceFindings(command: Command): Promise<Finding[]> {
  try {
    return await inWorkspace(command, async workspace => {
      const { folder, environment, plugins, store } = workspace
      const { checkProviders } = await import('../app/providers.ts')
      const { spelledCounts } = await import('../app/spelled.ts')
      const projects = await store.listProjects()
      const url = environment['DATABASE_URL']
      const checks = await checkProviders(workspace)
      return [
        { what: 'workspace', state: 'ok', message: folder },
        {
          what: 'database',
          state: 'ok',
          message: `${url ? `PostgreSQL at ${new URL(url).host}` : 'SQLite, in the workspace'}; ${spelledCounts(projects.length, 'project')}`,
        },
        {
          what: 'plug-ins',
          state: 'ok',
          message: `${plugins.generators.length} generators, ${plugins.critics.length} critics, ${plugins.formats.length} formats`,
        },
        await disk(folder),
        ...checks.map((checked): Finding => {
          const { message, hint } = checked.error ?? checked.check
          const state = checked.error || !checked.check.ok ? 'FAIL' : 'ok'
          return { what: `provider ${checked.name}`, state, message, hint }
        }),
        ...(checks.length === 0
          ? [
              {
                what: 'providers',
                state: 'note' as const,
                message: 'none',
                hint: 'cultivar providers detect, or cultivar providers add',
              },
            ]
          : []),
      ] satisfies Finding[]
    })
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    const { code, message, hint } = error
    return [{ what: 'workspace', state: code === 'no-workspace' ? 'note' : 'FAIL', message, hint }]
  }
}

async function disk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const message = `${(free / 1e9).toFixed(1)} GB free`
  return free >= leastFreeBytes
    ? { what: 'disk', state: 'ok', message }
    : { what: 'disk', state: 'FAIL', message, hint: 'Make room: a run stops sending when the disk is full.' }
}
