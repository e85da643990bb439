/** `cultivar projects`: create, list, show, set, remove. */
import { type Command, Option } from 'commander'
import type { ProjectSummary } from '../app/projects.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { Project } from '../model/project.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { commaList, egressLevels, projectKinds } from './option-values.ts'
import { show, terminalWidth } from './output.ts'
import { addProjectsBalance } from './projects-balance.ts'
import { addProjectsCard } from './projects-card.ts'

type Settings = Partial<Omit<Project, 'name'>>

export function addProjects(program: Command): void {
  const projects = program
    .command('projects')
    .description('one project for each dataset: its labels, and who may see its text')
  const settings = (command: Command) =>
    command
      .option('--labels <a,b>', 'the label list, if it is closed', commaList)
      .option('--instructions <TEXT>', 'what the data is for; shown to the teacher')
      .addOption(
        new Option('--egress <LEVEL>', 'none: text stays on this machine; redacted: personal data is replaced').choices(
          egressLevels,
        ),
      )
      .option('--embedder <PROVIDER>', 'provider that embeds texts for similarity ("" for none)')

  settings(projects.command('create'))
    .description('make a project')
    .argument('<NAME>', 'lower-case letters, digits, dots, dashes, underscores')
    .addOption(new Option('--kind <KIND>', 'what a record is').choices(projectKinds).default('classification'))
    .addHelpText(
      'after',
      `
Examples:
  cultivar projects create support --kind classification --labels bug,billing,praise
  cultivar projects create notes --kind entities --egress none`,
    )
    .action((name: string, options: Settings, command: Command) =>
      inWorkspace(command, async workspace => {
        const { createProject } = await import('../app/projects.ts')
        const { kind, labels, instructions, egress, embedder } = options
        const project = await createProject(workspace, {
          name,
          ...onlyGiven({ kind, labels, instructions, egress, embedder }),
        })
        await show(
          command,
          project,
          () =>
            `Made project ${project.name} (${project.kind}).\nNext: cultivar records import FILE --project ${project.name}`,
        )
      }),
    )

  projects
    .command('list')
    .description('list the projects')
    .addHelpText('after', '\nExample:\n  cultivar projects list')
    .action((_: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { listProjects } = await import('../app/projects.ts')
        const { previewTable } = await import('../app/preview-table.ts')
        const { spelledCount } = await import('../app/spelled.ts')
        const summaries = await listProjects(workspace)
        await show(command, summaries, () =>
          summaries.length === 0
            ? 'No project yet. Make one: cultivar projects create NAME'
            : previewTable(
                [
                  { title: 'project' },
                  { title: 'kind' },
                  { title: 'records', align: 'right' },
                  { title: 'labels', align: 'right' },
                  { title: 'egress' },
                  { title: 'providers' },
                ],
                summaries.map(({ project, records, labels, providers }) => [
                  project.name,
                  project.kind,
                  spelledCount(records),
                  spelledCount(Object.keys(labels).length),
                  project.egress,
                  providers.join(', '),
                ]),
                terminalWidth(),
              ),
        )
      }),
    )

  projects
    .command('show')
    .description('show a project: settings, and records by label, split, status and outcome')
    .addHelpText('after', '\nExample:\n  cultivar projects show support')
    .argument('[NAME]', 'default: the only project')
    .action((name: string | undefined, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { showProject } = await import('../app/projects.ts')
        const summary = await showProject(workspace, await projectOrOnly(workspace, name))
        const text = await summaryText(summary)
        await show(command, summary, () => text)
      }),
    )

  addProjectsBalance(projects)
  addProjectsCard(projects)

  settings(projects.command('set'))
    .description('change a project’s settings')
    .argument('[NAME]', 'default: the only project')
    .addHelpText('after', '\nExample:\n  cultivar projects set support --egress redacted')
    .action((name: string | undefined, options: Settings, command: Command) =>
      inWorkspace(command, async workspace => {
        const { updateProject } = await import('../app/projects.ts')
        const { CultivarError } = await import('../model/error.ts')
        const { labels, instructions, egress, embedder } = options
        const changes = onlyGiven({ labels, instructions, egress, embedder })
        if (Object.keys(changes).length === 0) {
          throw new CultivarError(
            'bad-input',
            'Nothing to change was given.',
            'Give --labels, --instructions, --egress or --embedder.',
          )
        }
        const project = await updateProject(workspace, await projectOrOnly(workspace, name), changes)
        await show(command, project, () => `Changed project ${project.name}.`)
      }),
    )

  projects
    .command('remove')
    .description('remove a project with its records and runs; what models replied stays in the ledger')
    .addHelpText('after', '\nExample:\n  cultivar projects remove old-tickets')
    .argument('<NAME>', 'the project')
    .action((name: string, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { removeProject } = await import('../app/projects.ts')
        await removeProject(workspace, name)
        await show(command, { removed: name }, () => `Removed project ${name}.`)
      }),
    )
}

async function summaryText(summary: ProjectSummary): Promise<string> {
  const { bar, spelledCount, spelledCounts } = await import('../app/spelled.ts')
  const { previewTable } = await import('../app/preview-table.ts')
  const { project, records, labels, splits, statuses, outcomes, providers } = summary
  const listed = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `${spelledCount(count)} ${name}`)
      .join(', ')
  const most = Math.max(0, ...Object.values(labels))
  const rows = Object.entries(labels)
    .toSorted((a, b) => b[1] - a[1])
    .map(([label, count]) => [label, spelledCount(count), bar(count, most, 24)])
  return [
    `${project.name} · ${project.kind} · egress ${project.egress}`,
    ...(project.instructions ? [project.instructions] : []),
    `providers: ${providers.length > 0 ? providers.join(', ') : 'none assigned'}${project.embedder ? ` · embedder: ${project.embedder}` : ''}`,
    '',
    `${spelledCounts(records, 'record')}${records > 0 ? `: ${listed(splits)}; ${listed(statuses)}` : ''}`,
    ...(Object.keys(outcomes).length > 0 ? [`all that was stored: ${listed(outcomes)}`] : []),
    ...(rows.length > 0
      ? [
          '',
          previewTable(
            [{ title: 'label' }, { title: 'records', align: 'right' }, { title: '' }],
            rows,
            terminalWidth(),
          ),
        ]
      : []),
  ].join('\n')
}
