/** The World Bank income groups whose countries stand in a text. */
import { countriesInText, type IncomeGroup } from './countries-in-text.ts'

/** Each once, in order of place; the groups are those of the World Bank's fiscal year 2025. */
export function incomeGroupsOf(text: string): IncomeGroup[] {
  return [...new Set(countriesInText(text, []).flatMap(({ country }) => country.group ?? []))]
}
