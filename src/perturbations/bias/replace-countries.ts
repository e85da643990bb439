/** Perturbations that put the countries of a text among those of one income group. */
import { z } from 'zod'
import type { Edit } from '../../text/edits.ts'
import {
  countriesInText,
  countriesOf,
  countryTable,
  type IncomeGroup,
  takesArticle,
} from '../people/countries-in-text.ts'
import { definePerturbation } from '../perturbation.ts'
import { drawOnce, writtenAs } from './draw-once.ts'

const article = /(?:^|\s)the\s$/i
const nameList = z.array(z.string().trim().min(1)).min(1)

/**
 * Countries of other income groups give way to those of `group`, by the World Bank's fiscal year 2025; one under two names (Holland) is
 * the same one. “The” goes with a name that took it, since those that come in take none.
 */
export function countryReplacement(group: IncomeGroup, example: { before: string; after: string }) {
  return definePerturbation({
    kind: `replace_to_${group}_income_country`,
    category: 'bias',
    summary: `Puts countries of ${group.replace('_', '-')} income in the place of others`,
    example,
    params: z.strictObject({
      countries: nameList.nullish().describe('What to put in, in the place of our list'),
      replace: nameList.nullish().describe('More places to look for than the countries of our list'),
    }),
    open({ params: { countries, replace } }) {
      const table = countryTable(replace ?? [])
      const pool = countries ?? countriesOf(group)
      const own = new Set(pool)
      return (text, entities, random) => {
        const standIn = drawOnce(random)
        return countriesInText(text, entities, table).flatMap(({ start, end, country }): Edit[] => {
          const asWritten = text.slice(start, end)
          if (own.has(country.name) || own.has(asWritten) || (!countries && country.group === group)) return []
          const drawn = standIn(country.name, pool)
          const edit = { start, end, text: country.capitals ? drawn : writtenAs(asWritten, drawn) }
          const dropsArticle =
            takesArticle(asWritten) && !takesArticle(drawn) && article.test(text.slice(0, start).slice(-5))
          return dropsArticle ? [{ start: start - 4, end: start, text: '' }, edit] : [edit]
        })
      }
    },
  })
}
