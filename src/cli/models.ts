/** `cultivar models`: train, test, predict, prove, list, remove. */
import type { Command } from 'commander'
import { previewTable } from '../app/preview-table.ts'
import { spelledCount } from '../app/spelled.ts'
import { inWorkspace } from './in-workspace.ts'
import { addModelsPredict } from './models-predict.ts'
import { addModelsProve } from './models-prove.ts'
import { addModelsTest } from './models-test.ts'
import { addModelsTrain } from './models-train.ts'
import { show, terminalWidth } from './output.ts'

export function addModels(program: Command): void {
  const models = program
    .command('models')
    .description('train models on a project in this process, test them, predict with them')
  addModelsTrain(models)
  addModelsTest(models)
  addModelsPredict(models)
  addModelsProve(models)

  models
    .command('list')
    .description('list the trained models, all versions')
    .addHelpText('after', '\nExample:\n  cultivar models list')
    .action((_: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { listModels } = await import('../app/models/stored-models.ts')
        const listed = await listModels(workspace)
        await show(command, listed, () =>
          listed.length === 0
            ? 'No models yet. Train one: cultivar models train'
            : previewTable(
                [
                  ...['model', 'project', 'task', 'trained'].map(title => ({ title })),
                  ...['labels', 'records', 'MB'].map(title => ({ title, align: 'right' as const })),
                ],
                listed.map(({ name, version, project, task, createdMs, labels, training, bytes }) => [
                  ...[
                    `${name}@${version}`,
                    project,
                    task,
                    new Date(createdMs).toISOString().slice(0, 16).replace('T', ' '),
                  ],
                  ...[spelledCount(labels.length), spelledCount(training.examples), (bytes / 1e6).toFixed(1)],
                ]),
                terminalWidth(),
              ),
        )
      }),
    )

  models
    .command('remove')
    .description('remove a model: one version (intents@2), or all of a name')
    .argument('<MODEL>', 'its name, with or without a version')
    .addHelpText('after', '\nExample:\n  cultivar models remove intents@1')
    .action((named: string, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { removeModel } = await import('../app/models/stored-models.ts')
        const removed = await removeModel(workspace, named)
        const names = removed.map(({ name, version }) => `${name}@${version}`)
        await show(command, { removed: names }, () => `Removed ${names.join(', ')}.`)
      }),
    )
}
