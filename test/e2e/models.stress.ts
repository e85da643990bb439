/** Models by the real command line: trained, tested, asked and stopped, on real records alone. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { type TrainReport, trainModel } from '../../src/app/models/train-model.ts'
import { createProject } from '../../src/app/projects.ts'
import { runRecipe } from '../../src/app/run-recipe.ts'
import { recipe as recipeSchema } from '../../src/model/recipe.ts'
import { csvOf, ticketLabels, ticketRecipe, tickets } from '../labelled-texts.ts'
import { type Received, serving } from '../prediction-server.ts'
import { json, start } from './command-line.ts'
import { importText, labelledWorkspace } from './labelled-workspace.ts'

const customers = 12

/** How the models did that the workspace brings. */
const trained: Record<string, TrainReport> = {}

const prepared = labelledWorkspace({ tickets: 60, sentences: 140 }, async workspace => {
  const rows = await tickets({ billing: 30, delivery: 30 }, 'divided')
  const columns = rows.map(({ text, label }, at) => ({
    ...{ text, label, customer: `c${at % customers}` },
    split: ['train', 'train', 'train', 'validation', 'test'][at % 5]!,
  }))
  await createProject(workspace, { name: 'divided' })
  await importText(workspace, 'divided', 'train.csv', csvOf(columns.slice(0, 40)), { tags: ['Train'] })
  await importText(workspace, 'divided', 'test.csv', csvOf(columns.slice(40, 55)), { tags: ['Test'] })
  await importText(workspace, 'divided', 'rest.csv', csvOf(columns.slice(55)))
  const lines = rows.map(({ text, label }, at) => {
    const urgent = at % 3 === 0
    return JSON.stringify({ text: urgent ? `${text} Hurry up!` : text, labels: urgent ? [label, 'urgent'] : [label] })
  })
  await createProject(workspace, { name: 'topics' })
  await importText(workspace, 'topics', 'topics.jsonl', lines.join('\n'))
  const long = rows.map(({ label }, at) => ({
    text: rows
      .slice(at)
      .concat(rows)
      .map(each => each.text)
      .join(' '),
    label,
  }))
  await createProject(workspace, { name: 'long' })
  await importText(workspace, 'long', 'long.csv', csvOf(long))
  for (const project of ['support', 'notes', 'topics']) trained[project] = await trainModel(workspace, { project })
})

/** A figure and the two ends of its interval, however these are written. */
const interval = /\d\.\d{3}\D+\d\.\d{3}\D+\d\.\d{3}/.source
const labelsOf = ({ test }: TrainReport) => test.scores.labels.map(({ label }) => label).sort()

it('trains the next version of a model and says how good it is, and how sure that is', async () => {
  const { run, data, attempt } = prepared()
  const [second, spans] = await Promise.all([
    run('models', 'train', 'support'),
    run('models', 'train', 'notes', '--name', 'ner'),
  ])
  expect(second.stdout).toContain('Model support@2: one label a text, 3 labels')
  for (const figure of ['accuracy', 'micro F1', 'macro F1', 'weighted F1'])
    expect(second.stdout).toMatch(new RegExp(`${figure} +${interval}`))
  expect(second.stdout).toMatch(/calibration error +0\.\d{3}/)
  expect(second.stdout).toMatch(/billing +12 +(\d\.\d{3}\D+){4}\d\.\d{3}/)
  const warning = /Warning: 3 of 3 labels have fewer than 50 examples: \w+ \(48\)/
  expect(second.stdout.replaceAll('\n', ' ')).toMatch(warning)
  expect(spans.stdout).toContain('Model ner@1: entities, 3 labels')
  expect(spans.stdout).toMatch(new RegExp(`micro F1 +${interval}`))
  expect(spans.stdout).not.toMatch(/Warning|accuracy/)

  const third = await data('models', 'train', 'support', '--class-weights', 'balanced', '--learning-curve')
  expect(third.model).toMatchObject({ name: 'support', version: 3, task: 'classification', multiLabel: false })
  expect(third.model.training).toMatchObject({ examples: 144, grown: 0, classWeights: 'balanced' })
  expect(third.learningCurve.map(({ examples }: { examples: number }) => examples)).toEqual([15, 36, 72, 144])
  expect(third.learningCurve[3].macroF1).toBe(third.test.scores.macro.f1)
  expect(third.test.scores.macro.f1).toBeGreaterThan(third.learningCurve[0].macroF1)

  expect(await data('models', 'remove', 'support@2')).toEqual({ removed: ['support@2'] })
  const listed: { name: string; version: number }[] = await data('models', 'list')
  const names = listed.map(({ name, version }) => `${name}@${version}`)
  expect(names).toEqual(['ner@1', 'notes@1', 'support@1', 'support@3', 'topics@1'])
  const gone = await attempt(['models', 'test', 'support@2'])
  expect([gone.code, gone.stderr]).toEqual([2, expect.stringMatching(/no model “support@2”.\nhint: .*support@3/)])
})

it('learns one label a text, several, or entities, as the project’s records have them', () => {
  expect(trained['support']!.model).toMatchObject({ multiLabel: false, labels: ticketLabels })
  expect(trained['notes']!.model).toMatchObject({ task: 'entities', labels: ['LOC', 'PER', 'PRODUCT'] })
  expect(trained['topics']!.model).toMatchObject({ multiLabel: true, labels: ['billing', 'delivery', 'urgent'] })
  expect(labelsOf(trained['topics']!)).toEqual(['billing', 'delivery', 'urgent'])
  for (const [project, least] of Object.entries({ support: 0.6, notes: 0.8, topics: 0.8 })) {
    const { scores, intervals } = trained[project]!.test
    expect(scores.micro.f1, project).toBeGreaterThan(least)
    expect(intervals.microF1.low).toBeLessThan(scores.micro.f1)
    expect(intervals.microF1.high).toBeGreaterThan(intervals.microF1.low)
  }
})

it('divides as it is told, keeps groups together, and never tests on what was grown', async () => {
  const { data, inside, records } = prepared()
  const recipe = { project: 'divided', generator: 'template', params: ticketRecipe(['billing', 'delivery']) }
  await inside(workspace =>
    runRecipe(workspace, recipeSchema.parse({ ...recipe, target: { billing: 5, delivery: 20 } })),
  )
  const all = await records('divided')
  const real = all.filter(({ outcome }) => outcome === 'imported')
  expect([real.length, all.length]).toEqual([60, 85])
  const ids = (some: typeof all) => some.map(({ id }) => id).sort()
  const train = async (...options: string[]) => (await data('models', 'train', 'divided', ...options)).model.training
  const [bySplit, byTags, byLot] = await Promise.all([
    train('--split', 'records'),
    train('--split', 'tags'),
    train('--split', 'ratio', '--test-share', '0.3', '--group', 'customer', '--real-only'),
  ])
  expect(bySplit.heldOut.sort()).toEqual(ids(real.filter(({ split }) => split === 'test')))
  expect(bySplit).toMatchObject({ examples: 36 + 25, grown: 25 })

  expect(byTags.heldOut.sort()).toEqual(ids(real.filter(({ tags }) => tags.includes('Test'))))
  expect(byTags).toMatchObject({ examples: 40 + 25, grown: 25 })

  const heldOut = real.filter(({ id }) => byLot.heldOut.includes(id))
  expect(heldOut).toHaveLength(byLot.heldOut.length)
  const customersOf = (some: typeof all) => new Set(some.map(({ fields }) => fields['customer']))
  const others = customersOf(real.filter(record => !heldOut.includes(record)))
  expect(customersOf(heldOut).intersection(others)).toEqual(new Set())
  expect(byLot).toMatchObject({ examples: 60 - heldOut.length, grown: 0 })
})

it('predicts what is piped in, texts of a file, and what was held out, so that it can be scored from the file', async () => {
  const { data, run, attempt, folder, write } = prepared()
  const piped = await attempt(['models', 'predict', '-', '--model', 'support'], {
    input: 'my card was charged twice on the invoice\n\nthe parcel has not arrived',
  })
  const answers = piped.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(answers.map(({ predicted }) => predicted)).toEqual(['billing', 'delivery'])
  expect(answers[0].confidence).toBeGreaterThan(1 / 3)

  write('mail.csv', 'number,body\n7,"🌍 Ada flew from Lima to Oslo last week ."\n')
  const found = await run('models', 'predict', 'mail.csv', '--text', 'body', '--model', 'notes')
  const { text, entities } = JSON.parse(found.stdout)
  expect(text).toBe('🌍 Ada flew from Lima to Oslo last week .')
  const letters = [...text]
  // Offsets count code points.
  const words = entities.map(({ start, end }: { start: number; end: number }) => letters.slice(start, end).join(''))
  expect(words).toEqual(['Ada', 'Lima', 'Oslo'])

  const scored = async (model: string) => {
    const file = `${model}-predicted.csv`
    const told = await run('models', 'predict', '--model', model, '--out', file)
    const { texts, scores } = trained[model]!.test
    expect(told.stderr).toContain(`Wrote ${texts} predictions to ${join(folder, file)}`)
    const read = await data('models', 'test', '--predictions', file, '--project', model)
    expect(read).toMatchObject({ scores, failed: { count: 0 } })
  }
  await Promise.all(['support', 'notes', 'topics'].map(scored))
  expect((await data('models', 'test', 'support')).scores).toEqual(trained['support']!.test.scores)
})

/** A model by rules. */
const rules = `text => /invoice|charged|receipt|tax|price/.test(text) ? 'billing' : /send it back|exchange|return|give back/.test(text) ? 'returns' : 'delivery'`
const byRule: (text: string) => string = new Function(`return ${rules}`)()

it('tests a model behind an endpoint, in a program and in a file, all alike', async () => {
  const { data, attempt, write } = prepared()
  const { url, received } = await serving(({ texts }) => ({
    predictions: texts.map(text => ({ label: byRule(text), score: 0.75 })),
  }))
  write(
    'predict.mjs',
    `import { createInterface } from 'node:readline'
    const label = ${rules}
    for await (const line of createInterface({ input: process.stdin })) {
      const { id, text } = JSON.parse(line)
      console.log(JSON.stringify({ id, label: label(text), score: 0.75 }))
    }`,
  )
  const on = ['--project', 'support']
  const [asked, started] = await Promise.all([
    data('models', 'test', '--url', url, ...on, '--batch', '10'),
    data('models', 'test', '--command', `${process.execPath} predict.mjs`, ...on),
  ])
  expect(received.map(({ texts }) => texts.length)).toEqual([10, 10, 10, 6])
  expect(asked).toMatchObject({ task: 'classification', texts: 36, failed: { count: 0 } })
  expect(asked.scores.accuracy).toBeGreaterThan(0.5)
  expect(asked.calibration.error).toBeCloseTo(Math.abs(asked.scores.accuracy - 0.75), 2)
  expect({ ...started, target: '' }).toEqual({ ...asked, target: '' })
  write('target.yaml', stringify({ kind: 'http', url, labels: { delivery: null } }))
  const named = await attempt(['models', 'test', '--target', 'target.yaml', ...on, '--url', url])
  expect([named.code, named.stderr]).toEqual([
    2,
    expect.stringContaining('Several models to test were named: --url, --target'),
  ])
})

it('tells apart how an endpoint fails, with a hint and exit code 5', async () => {
  const { attempt, write } = prepared()
  const failures: [string, (received: Received) => unknown, RegExp][] = [
    ['page', () => '<!doctype html><html><body>Welcome</body></html>', /HTML|page/i],
    ['count', () => ({ predictions: [{ label: 'billing' }, { label: 'billing' }] }), /2 predictions|2 answers/],
    [
      'score',
      ({ texts }) => `{"predictions": [${texts.map(() => '{"label": "billing", "score": NaN}').join()}]}`,
      /NaN/,
    ],
    ['silence', () => undefined, /No answer within 0\.3 s/],
  ]
  const attempted = failures.map(async ([name, reply, words]) => {
    const { url } = await serving(reply)
    const file = write(`${name}.yaml`, stringify({ kind: 'http', url, retries: 0, timeoutMs: 300 }))
    const { code, stdout, stderr } = await attempt(['models', 'test', '--target', file, '--project', 'support'])
    expect([code, stdout], stderr).toEqual([5, ''])
    expect(stderr).toMatch(words)
    expect(stderr).toMatch(/error: .*\nhint: \S/)
  })
  await Promise.all(attempted)
})

it('counts texts that an endpoint has no usable answer for, and says why', async () => {
  const { data } = prepared()
  const { url } = await serving(({ texts }) => ({
    predictions: texts.map(text => ({ label: byRule(text) === 'returns' ? 'retuns' : byRule(text) })),
  }))
  const { failed, texts } = await data('models', 'test', '--url', url, '--project', 'support', '--timeout', '20')
  expect(failed.count).toBeGreaterThan(0)
  expect(failed.count).toBeLessThan(texts)
  expect(failed.examples[0]).toContain('“retuns” is not a label of the dataset (“returns” is)')
})

it('stops training at Ctrl-C with exit code 130, and leaves no model', async () => {
  const { folder, data } = prepared()
  const { child, said, ended } = start(folder, ['models', 'train', 'long'])
  await said('training')
  child.kill('SIGINT')
  const { code, stdout, stderr } = await ended
  expect([code, stdout], stderr).toEqual([130, ''])
  expect(stderr).toContain('error: Training was stopped.\nhint: ')
  const listed: { name: string }[] = await data('models', 'list')
  expect(listed.map(({ name }) => name)).not.toContain('long')
})

it('takes the good sentences of a file with ragged columns, and says which are not', async () => {
  const { attempt, write, records } = prepared()
  write('ragged.conll', 'Ada B-PER\nsings O\n\nShe\nis B-PER x y\n\nIn O\nOsloville B-LOC\n')
  const ended = await attempt(['records', 'import', 'ragged.conll', '--project', 'notes', '--json'])
  expect(ended.code, ended.stderr).toBe(0)
  const report = json(ended)
  expect(report).toMatchObject({ added: 2, badRows: 1 })
  expect(report.bad[0].line).toBeGreaterThanOrEqual(4)
  expect(report.bad[0].hint).not.toBe('')
  const texts = (await records('notes')).map(({ fields }) => fields['text'])
  expect(texts).toEqual(expect.arrayContaining(['Ada sings', 'In Osloville']))
})
