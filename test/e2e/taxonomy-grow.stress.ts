/** `cultivar taxonomy grow`: from a taxonomy to InstructLab's files in one command. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { addProvider } from '../../src/app/providers.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { taxonomyTeacher } from '../taxonomy-tree.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, examples, json, serve } from './command-line.ts'

const tree = join(examples, 'taxonomy')
const leaves = [
  'compositional_skills/grounded/notices/plain_words',
  'compositional_skills/household/stain_advice',
  'knowledge/places/tool_library',
]

async function workspaceWith(providers: Record<string, string>): Promise<string> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  for (const [name, endpoint] of Object.entries(providers)) {
    const settings = { name, kind: 'openai-compatible', endpoint, model: 'm', jsonMode: 'schema' } as const
    await addProvider(workspace, { settings, projects: [] })
  }
  await workspace.close()
  return folder
}

it('makes the project, grows every leaf alike with teacher and critic, and writes files for the trainer', async () => {
  const script = taxonomyTeacher(stage =>
    stage === 'answers'
      ? { kind: 'reply', value: { answer: 'Blot it at once, and then wash it with cold water and a little salt.' } }
      : undefined,
  )
  const [teacher, critic] = [await serve({ script }), await serve({ script })]
  const folder = await workspaceWith({ gpt: teacher.url, strict: critic.url })
  const line = ['taxonomy', 'grow', tree, '--documents', join(tree, 'documents'), '--target', '12', '--project', 'fern']
  const roles = ['--teacher', 'gpt', '--critic', 'strict', '--save', 'fern.yaml']

  const planned = await cultivar(folder, [...line, ...roles, '--dry-run', '--json'])
  expect(planned.code, planned.stderr).toBe(0)
  expect(planned.stderr).toContain('Made project fern for its records, which may use gpt and strict')
  expect(json(planned).targets).toEqual(Object.fromEntries(leaves.map(leaf => [leaf, 4])))
  expect([teacher.requests.length, critic.requests.length]).toEqual([0, 0])

  const grown = await cultivar(folder, [...line, ...roles, '--out', 'train', '--json'])
  expect(grown.code, grown.stderr).toBe(0)
  expect(json(grown)).toMatchObject({ state: 'done', kept: 12, project: 'fern' })
  expect(json(grown).cells.map(({ cell, kept }: { cell: string; kept: number }) => [cell, kept])).toEqual(
    leaves.map(leaf => [leaf, 4]),
  )
  expect(critic.requests.length).toBeGreaterThan(12)
  const files = readdirSync(join(folder, 'train'))
  for (const name of ['skills_train_msgs', 'knowledge_train_msgs', 'messages', 'train', 'test'])
    expect(files.some(file => file.startsWith(name))).toBe(true)
  const skills = files.find(file => file.startsWith('skills_train_msgs'))!
  const [row] = readFileSync(join(folder, 'train', skills), 'utf8').split('\n')
  expect(JSON.parse(row!).messages.map(({ role }: { role: string }) => role)).toEqual(['system', 'user', 'assistant'])

  const sent = teacher.requests.length + critic.requests.length
  const again = await cultivar(folder, ['run', 'fern.yaml', '--json'])
  expect(json(again)).toMatchObject({ run: json(grown).run, state: 'done' })
  expect(teacher.requests.length + critic.requests.length).toBe(sent)
})

it('says what to do where it cannot begin', async () => {
  const folder = await workspaceWith({})
  const empty = await cultivar(folder, ['taxonomy', 'grow', '.', '--project', 'none'])
  expect(empty.code).toBe(2)
  expect(empty.stderr).toMatch(/error: .*\nhint: /)
})
