/** `replace_to_upper_middle_income_country`: countries of upper-middle income come in. */
import { countryReplacement } from './replace-countries.ts'

export const replaceToUpperMiddleIncomeCountry = countryReplacement('upper_middle', {
  before: 'She lives in Kenya.',
  after: 'She lives in Thailand.',
})
