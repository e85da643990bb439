/** Exports and mixing by the real command line: what each next tool would open. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importRecords } from '../../src/app/import-records.ts'
import { createProject } from '../../src/app/projects.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import { growTaxonomyRun, leafMaterial } from '../taxonomy-run.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, json } from './command-line.ts'

const pairs = [
  { question: 'How often is it watered?', answer: 'Once a week.', context: 'Ferns drink weekly.', split: 'train' },
  { question: 'Where does it stand?', answer: 'In the shade.', split: 'train' },
  { question: 'When does it bloom?', answer: 'It does not.', split: 'test' },
]

/** A workspace with `plants`, which has questions and answers, `odd`, whose fields have other names, and a skill grown in `tree`. */
async function garden() {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  const file = (name: string, rows: object[]) => {
    writeFileSync(join(folder, name), rows.map(row => `${JSON.stringify(row)}\n`).join(''))
    return join(folder, name)
  }
  for (const name of ['plants', 'odd', 'tree', 'back']) await createProject(workspace, { name, kind: 'records' })
  await importRecords(workspace, { project: 'plants', file: file('pairs.jsonl', pairs) })
  await importRecords(workspace, { project: 'odd', file: file('odd.jsonl', [{ body: 'Why?', reply: 'Because.' }]) })
  const skill = leafMaterial('compositional_skills/gardening')
  const grown = { cell: skill.leaf.path, fields: { question: 'How?', answer: 'So.' } }
  await growTaxonomyRun(workspace.runs, { project: 'tree', id: 'aaaa000000' }, [skill], [grown])
  await workspace.close()

  const run = async (...args: string[]) => {
    const ended = await cultivar(folder, args)
    expect(ended.code, `${args.join(' ')}\n${ended.stdout}\n${ended.stderr}`).toBe(0)
    return ended
  }
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const lines = (text: string) =>
    text
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line))
  return { folder, run, read, lines }
}

it('writes chats, takes them back, and names the record that is none', async () => {
  const { folder, run, read, lines } = await garden()
  const exporting = (...args: string[]) => ['records', 'export', ...args]
  const [chat, , refused, mapped] = await Promise.all([
    run(...exporting('plants', '--format', 'openai-chat', '--system-prompt', 'Be brief.')),
    run(...exporting('plants', '--format', 'alpaca', '--out', 'alpaca.json')),
    cultivar(folder, exporting('odd', '--format', 'sharegpt', '--out', 'odd.json')),
    run(...exporting('odd', '--format', 'openai-chat', '--map', 'question=body,answer=reply')),
  ])
  expect(lines(chat.stdout).map(({ messages }) => messages.length)).toEqual([3, 3, 3])
  expect(lines(chat.stdout)[0].messages[1].content).toBe('Ferns drink weekly.\n\nHow often is it watered?')
  expect(lines(mapped.stdout)[0].messages[1].content).toBe('Because.')
  expect(refused.code).toBe(2)
  expect(refused.stderr).toMatch(/Record r\w+ has no question\.\nhint: It has: body, reply\./)
  expect(readdirSync(folder)).not.toContain('odd.json')
  expect(JSON.parse(read('alpaca.json'))[1]).toEqual({
    ...{ instruction: 'Where does it stand?', input: '', output: 'In the shade.' },
  })
  await run('records', 'import', 'alpaca.json', '--format', 'alpaca', '--project', 'back')
  const back = lines((await run(...exporting('back', '--columns', 'question,answer,context'))).stdout)
  expect(back).toEqual(pairs.map(({ split, ...pair }) => pair))
})

it('writes a folder for Hugging Face, a mix, and InstructLab’s files', async () => {
  const { folder, run, read, lines } = await garden()
  const recipe = `
datasets:
  - {project: plants}
  - {path: pairs.jsonl, sampling_size: 5}
metadata: {sys_prompt: Be exact.}`
  writeFileSync(join(folder, 'mix.yaml'), recipe)
  const options = ['--run', 'aaaa', '--date', '2026-01-31T12_00_00', '--mixing', 'instructlab', '--json']
  const [hub, mixed, taxonomy, none] = await Promise.all([
    run('records', 'export', 'plants', '--format', 'hugging-face', '--out', 'hub', '--json'),
    run('records', 'mix', 'mix.yaml', '--out', 'train.jsonl'),
    run('taxonomy', 'export', ...options),
    cultivar(folder, ['taxonomy', 'export', '--project', 'plants']),
  ])

  expect(json(hub)).toMatchObject({ records: 3, files: expect.arrayContaining(['README.md']) })
  const files = ['test-00000-of-00001.jsonl', 'train-00000-of-00001.jsonl']
  expect(readdirSync(join(folder, 'hub', 'data')).sort()).toEqual(files)
  expect(read('hub/README.md')).toMatch(/^---\npretty_name: plants\nlicense: unknown\n/)

  expect(mixed.stderr).toContain('plants: 2 of 2 wanted, from 2 rows')
  expect(mixed.stderr).toContain('5 of 5 wanted, from 2 rows; drawn with replacement')
  expect(lines(read('train.jsonl'))).toHaveLength(7)
  for (const row of lines(read('train.jsonl'))) {
    expect(Object.keys(row)).toEqual(['id', 'messages', 'metadata', 'unmask'])
    expect(row.messages[0]).toEqual({ role: 'system', content: 'Be exact.' })
    expect(typeof JSON.parse(row.metadata)).toBe('object')
  }

  expect(json(taxonomy).skills.records).toBe(30)
  expect(readdirSync(join(folder, 'instructlab')).sort()).toEqual([
    ...['generated_2026-01-31T12_00_00', 'knowledge_recipe_2026-01-31T12_00_00.yaml'],
    ...['messages_2026-01-31T12_00_00.jsonl', 'node_datasets_2026-01-31T12_00_00'],
    ...['preprocessed_2026-01-31T12_00_00', 'skills_recipe_2026-01-31T12_00_00.yaml'],
    ...['skills_train_msgs_2026-01-31T12_00_00.jsonl', 'test_2026-01-31T12_00_00.jsonl'],
    'train_2026-01-31T12_00_00.jsonl',
  ])
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('cultivar taxonomy grow DIR')])
})
