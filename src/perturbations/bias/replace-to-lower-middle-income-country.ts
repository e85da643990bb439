/** `replace_to_lower_middle_income_country`: countries of lower-middle income come in. */
import { countryReplacement } from './replace-countries.ts'

export const replaceToLowerMiddleIncomeCountry = countryReplacement('lower_middle', {
  before: 'She lives in Germany.',
  after: 'She lives in Nigeria.',
})
