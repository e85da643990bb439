/** `replace_to_low_income_country`: countries of low income come in. */
import { countryReplacement } from './replace-countries.ts'

export const replaceToLowIncomeCountry = countryReplacement('low', {
  before: 'She lives in Germany.',
  after: 'She lives in Sudan.',
})
