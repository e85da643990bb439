/** `cultivar doctor`: what is installed, reachable and misconfigured. */
import type { Command } from 'commander'
import type { Finding } from '../app/diagnose.ts'
import { CultivarError, errorCodes } from '../model/error.ts'
import { inWorkspace } from './in-workspace.ts'
import { show } from './output.ts'

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at what is installed, reachable and misconfigured: Node, workspace, disk, plug-ins, providers')
    .addHelpText('after', '\nExamples:\n  cultivar doctor\n  cultivar doctor --json')
    .action(async (_: unknown, command: Command) => {
      const findings = [node(program.version() ?? ''), ...(await workspaceFindings(command))]
      await show(command, findings, () => findings.map(findingText).join('\n'))
      if (findings.some(({ state }) => state === 'FAIL')) process.exitCode = errorCodes['bad-input'].exit
    })
}

function findingText({ what, state, message, hint }: Finding): string {
  return `${state.padEnd(4)}  ${what}: ${message}${hint ? `\n      ${hint}` : ''}`
}

function node(version: string): Finding {
  const { platform, arch, execPath } = process
  const message = `${version} on Node ${process.version} (${platform} ${arch}) at ${execPath}`
  return { what: 'Cultivar', state: 'ok', message }
}

async function workspaceFindings(command: Command): Promise<Finding[]> {
  try {
    return await inWorkspace(command, async workspace => {
      const { diagnose } = await import('../app/diagnose.ts')
      return diagnose(workspace)
    })
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    const { code, message, hint } = error
    return [{ what: 'workspace', state: code === 'no-workspace' ? 'note' : 'FAIL', message, hint }]
  }
}
