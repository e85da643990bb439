/** `replace_to_high_income_country`: countries of high income come in. */
import { countryReplacement } from './replace-countries.ts'

export const replaceToHighIncomeCountry = countryReplacement('high', {
  before: 'She flew from Kenya to the Philippines.',
  after: 'She flew from Antigua and Barbuda to Japan.',
})
