/** Opens the model under test, of whatever kind, with the project whose records it is tested on. */
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { CultivarError } from '../model/error.ts'
import type { Target } from '../model/prediction.ts'
import type { Project } from '../model/project.ts'
import { isLoopback } from '../providers/egress.ts'
import { openFetch } from '../providers/http-client.ts'
import { openTarget, targetSettings } from '../targets/open-target.ts'
import type { SplitChoice } from './models/divide-examples.ts'
import { type ProjectExample, projectExamples } from './models/project-examples.ts'
import { findModel, loadModel } from './models/stored-models.ts'
import { openAsk } from './open-ask.ts'
import { requireProject } from './projects.ts'
import { readRowsOf } from './read-rows.ts'
import { readTextFile } from './read-text-file.ts'
import type { Workspace } from './workspace.ts'

/** Settings as a kind of target has them, or the file that holds them. */
export type TargetChoice = { settings: { kind: string } & Record<string, unknown> } | { file: string }

export interface OpenedTarget {
  target: Target
  project: Project
  /** The project's real records to test on. A model trained here is tested on those held out when it was trained. */
  heldOut(): Promise<{ examples: ProjectExample[]; notes: string[] }>
  close(): Promise<void>
}

/** @throws CultivarError `bad-input`, `not-found`, and what the kind of target throws. */
export async function openTargetFor(
  workspace: Workspace,
  choice: TargetChoice,
  options: { project?: string; split?: Omit<SplitChoice, 'seed'>; seed?: number; signal?: AbortSignal } = {},
): Promise<OpenedTarget> {
  const folder = 'file' in choice ? dirname(resolve(choice.file)) : process.cwd()
  const settings = 'file' in choice ? await readSettings(choice.file) : settingsOf(choice.settings)
  const own = settings.kind === 'model' ? await findModel(workspace, settings.model) : undefined
  const name = options.project ?? own?.project ?? (await onlyProject(workspace))
  const { project } = await requireProject(workspace, name)
  const task = project.kind === 'entities' ? 'entities' : 'classification'
  const { environment } = workspace
  const doors: { close(): Promise<void> }[] = []
  const target = await openTarget(settings, {
    ...{ task, environment, folder },
    ...(project.labels.length > 0 && { labels: project.labels.map(label => ({ label, meaning: '' })) }),
    readModel: async named => loadModel(workspace, await findModel(workspace, named)),
    readRows: path => readRowsOf(resolve(folder, path)),
    openFetch: url => {
      checkEgress(project, url)
      return openFetch(url, environment)
    },
    async openAsk(provider) {
      const door = await openAsk(workspace, provider, project, options.signal ? { signal: options.signal } : {})
      doors.push(door)
      return door.ask
    },
  })
  return {
    target: own === undefined ? target : { ...target, name: `${own.name}@${own.version}` },
    project,
    async heldOut() {
      const { split = {}, seed = own?.training.seed ?? 1 } = options
      const divided = await projectExamples(workspace, name, { ...split, seed })
      const remembered = new Set(own?.project === name && Object.keys(split).length === 0 ? own.training.heldOut : [])
      if (remembered.size === 0) return { examples: divided.test, notes: divided.notes }
      const all = [...divided.train, ...divided.validation, ...divided.test].filter(({ real }) => real)
      const examples = all.filter(({ id }) => remembered.has(id))
      return {
        examples,
        notes: [`Tested on the records that were held out when ${own!.name}@${own!.version} was trained.`],
      }
    },
    async close() {
      await target.close?.()
      for (const door of doors) await door.close()
    },
  }
}

/** Texts that were redacted on the way would be others than those tested, so that they cannot go at all. */
function checkEgress({ name, egress }: Project, url: string): void {
  if (egress === 'allowed' || isLoopback(url)) return
  throw new CultivarError(
    'egress-denied',
    `Project “${name}” lets no text leave this machine as it is, and ${URL.parse(url)?.host ?? url} is elsewhere.`,
    `Test a model on this machine, or change the project’s egress: cultivar projects set ${name} --egress allowed`,
    { url },
  )
}

async function readSettings(file: string) {
  const text = await readTextFile(file)
  try {
    return settingsOf(parse(text))
  } catch (error) {
    if (error instanceof CultivarError) throw error
    throw new CultivarError(
      'bad-file',
      `“${file}” is no YAML: ${error instanceof Error ? error.message : String(error)}`,
      'Write { kind: http, url: … }.',
    )
  }
}

function settingsOf(value: unknown): z.infer<typeof targetSettings> {
  const parsed = targetSettings.safeParse(value)
  if (parsed.success) return parsed.data
  throw new CultivarError(
    'bad-input',
    `The target makes no sense: ${z.prettifyError(parsed.error)}`,
    'See docs/reference/targets.md for the settings of each kind.',
  )
}

async function onlyProject(workspace: Workspace): Promise<string> {
  const names = (await workspace.store.listProjects()).map(({ project }) => project.name)
  if (names.length === 1) return names[0]!
  throw new CultivarError(
    'bad-input',
    'It was not said on which project’s records.',
    `Name it with --project${names.length > 0 ? `: ${names.join(', ')}` : ''}.`,
  )
}
