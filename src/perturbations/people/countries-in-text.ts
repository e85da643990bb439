/** Where countries stand in a text, with the income group that the World Bank has them in. */
import type { Entity } from '../../model/example.ts'
import countriesByIncome from '../lists/countries-by-income.json' with { type: 'json' }
import { type WordTable, wordTable } from '../word-table.ts'

export type IncomeGroup = keyof typeof countriesByIncome

interface Country {
  /** Its usual name, whatever the text calls it. */
  name: string
  /** Absent for what the user wants replaced. */
  group?: IncomeGroup
  /** Whether it is written in capitals only: UK, but no “us”. */
  capitals?: true
}

export interface CountryInText {
  start: number
  end: number
  country: Country
}

/** Phrases that have the name of a country in them and are none stand in it too, without one. */
export type CountryTable = WordTable<Country | undefined>

const notCountries =
  'new guinea|guinea pig|guinea pigs|guinea fowl|new mexico|mexico city|gulf of mexico|guatemala city|panama city|panama canal|kuwait city|northern ireland|south china sea|lake chad|jordan river|river jordan|new south wales|bank of america'
/** Words, first names or other places as well: countries only where an entity says so. */
const alsoOther = new Set(['Chad', 'Georgia', 'Jordan', 'Turkey', 'Guinea', 'Saint Martin', 'Dominica'])
const withArticle =
  /^(?:Bahamas|British Virgin Islands|Cayman Islands|Central African Republic|Channel Islands|Comoros|Czech Republic|Democratic Republic of the Congo|Dominican Republic|Faroe Islands|Gambia|Isle of Man|Maldives|Marshall Islands|Netherlands|Northern Mariana Islands|Philippines|Republic of the Congo|Seychelles|Solomon Islands|Turks and Caicos Islands|United Arab Emirates|United Kingdom|United States|UAE|UK|USA?|DRC)\b/

let allKnown: CountryTable | undefined

/** The known countries, and more names of the user's. */
export function countryTable(more: readonly string[] = []): CountryTable {
  if (more.length === 0) {
    allKnown ??= wordTable(knownEntries())
    return allKnown
  }
  return wordTable([...more.map(name => [name, { name }] as const), ...knownEntries()])
}

function knownEntries(): [string, Country | undefined][] {
  const phrases = notCountries.split('|').map((phrase): [string, undefined] => [phrase, undefined])
  const groups = Object.entries(countriesByIncome) as [IncomeGroup, Record<string, string[]>][]
  const countries = groups.flatMap(([group, names]) =>
    Object.entries(names).flatMap(([name, others]) =>
      [name, ...others].map((key): [string, Country] => [
        key,
        key === key.toUpperCase() ? { name, group, capitals: true } : { name, group },
      ]),
    ),
  )
  return [...phrases, ...countries]
}

const placeLabels = /^(?:[BI]-)?(?:LOC|LOCATION|GPE|COUNTRY|NATION|PLACE|GEO|REGION)$/i

/** In order: those within entities labelled as places, whatever their case, and capitalised ones outside of entities. */
export function countriesInText(
  text: string,
  entities: readonly Entity[],
  table: CountryTable = countryTable(),
): CountryInText[] {
  const found: CountryInText[] = []
  for (const { start, end, value: country } of table.matches(text)) {
    if (!country) continue
    const entity = entities.find(each => start < each.end && each.start < end)
    const asWritten = text.slice(start, end)
    if (country.capitals && asWritten !== asWritten.toUpperCase()) continue
    const sure = entity
      ? placeLabels.test(entity.label) && start >= entity.start && end <= entity.end
      : asWritten[0] !== asWritten[0]!.toLowerCase() && !alsoOther.has(country.name)
    if (sure) found.push({ start, end, country })
  }
  return found
}

/** Whether it is spoken of with “the”: the Netherlands. */
export function takesArticle(name: string): boolean {
  return withArticle.test(name)
}

/** Those of a group that stand without “the” and are nothing else, so that they fit in anywhere. */
export function countriesOf(group: IncomeGroup): string[] {
  return Object.keys(countriesByIncome[group]).filter(name => !takesArticle(name) && !alsoOther.has(name))
}
