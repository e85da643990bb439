/** Postal addresses: street and number in the orders of several countries, postcode and city, post-office boxes. */
import table from './addresses.json' with { type: 'json' }
import { before, matches, type PersonalData, type ReadableText } from './stretch.ts'

const anyOf = (list: string) =>
  list
    .split(list.includes('|') ? '|' : ' ')
    .sort((a, b) => b.length - a.length)
    .map(word => word.replace(/[.]/g, '\\.'))
    .join('|')
/** Letters in either case; a pattern over mixed case cannot take the flag. */
const anyCase = (list: string) => anyOf(list).replace(/\p{L}/gu, letter => `[${letter}${letter.toUpperCase()}]`)
const capitalised = (list: string) =>
  anyOf(list).replace(/(?<![\p{L}])\p{L}/gu, letter => `[${letter}${letter.toUpperCase()}]`)

const notAfter = '(?<![\\p{L}\\p{N}]|\\d[.,/-])'
const end = '(?![\\p{L}\\p{N}])'
const name = "\\p{Lu}[\\p{L}\\p{M}'-]{0,24}(?:\\.(?= ))?"
const lastName = "\\p{Lu}[\\p{L}\\p{M}'-]{1,24}"
const houseNumber = '\\d{1,4}(?: ?[a-zA-Z](?![\\p{L}\\p{N}]))?(?: ?[-/] ?\\d{1,4}[a-zA-Z]?)?'
const joiner =
  "(?:de la|de las|de los|de l'|de|du|des|del|della|delle|dei|degli|dello|d'|da|do|dos|das|van|van de|van den|van der|la|le|les|of|the)"
const streetName = `(?:(?:${joiner}[ ]?){0,2}(?:${name}|[IVX]{1,5})[ -]?){1,5}`
const lowerName = "(?:(?:(?:de la|de|du|des|del|della|dei|d'|la|le)[ ]?){0,2}[\\p{L}'.-]{2,24} ?){1,3}"

const unit = '(?:,? (?:#|[Aa]pt\\.?|[Aa]partment|[Ss]uite|[Ss]te\\.?|[Uu]nit|[Ff]lat|[Ff]loor|[Rr]oom) ?[\\dA-Z]{1,5})?'
const flat = '(?:(?:Flat|Apt\\.?|Apartment|Unit|Suite|Room|flat|apt|unit) [\\dA-Z]{1,5},? )?'
const direction = '(?:(?:[NSEW]{1,2}\\.?|North|South|East|West) )?'

const ukPostcode = '(?:GIR|[A-Z]{1,2}\\d[A-Z\\d]?) ?\\d[ABD-HJLNP-UW-Z]{2}'
const states = anyOf(table.states)
const city = `(?:St\\.? |Ste\\.? )?${lastName}(?:[ -](?:(?:am|an der|im|sur|sous|la|le|les|de|del|di|den|der|aan|aan den|upon|on)[ -])?${lastName}){0,2}`
/** What may follow a street: postcode and city, city and postcode, or a city alone. */
const tail = `(?:,? ?(?:\\n)?${[
  `(?:(?:[A-Z]{1,2}-)?\\d{4,5} ${city}|\\d{4} ?[A-Z]{2},? ${city})`,
  `(?:${city},? )?(?:(?:${states}),? \\d{5}(?:-\\d{4})?|${ukPostcode})`,
].join(`${end}|,? ?(?:\\n)?`)}${end})`
const cityAlone = `(?:, ${city}(?=\\s*(?:$|[.!?;)\\n])))`
const following = `(?:${tail}|${cityAlone})?`

/** Streets of one order of words. Its patterns are tried on texts that have one of its words or endings. */
interface Family {
  words: Set<string>
  endings: Set<string>
  patterns: RegExp[]
}

const wordsOf = (...lists: string[]) =>
  new Set(lists.flatMap(list => list.split(list.includes('|') ? '|' : ' ')).map(word => word.replace(/^.* |\.$/g, '')))
const family = (words: string[], endings: string[], patterns: string[]): Family => ({
  words: wordsOf(...words),
  endings: wordsOf(...endings),
  patterns: patterns.map(pattern => new RegExp(`${notAfter}${pattern}`, 'gu')),
})

const german = [`${table['german endings']} ${table['dutch endings']} ${table['nordic endings']}`]
const places =
  'linden alster hang berg bach markt graben wall tor see park anger kirchplatz bahnhof rathaus mühle brücke'
const families: Family[] = [
  family(
    [table.english],
    [],
    [
      // 12 Baker Street, Flat 4; 1600 N. Clark St Apt 4B, Springfield, IL 62704
      `${flat}\\d{1,5}[A-Za-z]?(?:[-/]\\d{1,4})? ${direction}(?:${name} ){1,4}(?:${capitalised(table.english)})${end}(?:\\.(?=,| [AaSsUuF#]))?${unit}${following}`,
      `\\d{1,5} (?:[a-z]{3,15} ){1,2}(?:${anyOf(table['english plain'])})${end}`,
    ],
  ),
  family(
    [table['german words'], places],
    [...german, 'berg bach graben hof tor'],
    [
      // Goethestraße 5a, Prinsengracht 12-2, Kungsgatan 7
      `(?:\\p{Lu}[\\p{L}'-]{1,30}(?:[ -]\\p{Lu}[\\p{L}'-]{1,20}){0,2}-)?\\p{Lu}[\\p{L}-]{1,30}(?:${anyOf(german[0]!)}) ${houseNumber}${end}${following}`,
      // Berliner Straße 5, Unter den Linden 12, Am Hang 3
      `(?:${name} ){1,3}(?:${capitalised(table['german words'])}) ${houseNumber}${end}${following}`,
      `(?:Unter den|An der|Auf dem|Auf der|In der|In den|Am|Zum|Zur) (?:${name} )?(?:${capitalised(places)}|\\p{L}{2,20}(?:berg|bach|graben|hof|tor)) ${houseNumber}${end}${following}`,
    ],
  ),
  family(
    [table.french],
    [],
    [
      // 12 bis, rue de la République, 75011 Paris
      `\\d{1,4}(?: ?(?:bis|ter|quater|[A-D]))?,? (?:${capitalised(table.french)}) ${streetName}(?<! )${end}${following}`,
      `\\d{1,4}(?: ?(?:bis|ter))?,? (?:${anyOf('rue|avenue|boulevard|chemin|impasse|allée')}) ${lowerName}(?<! )${end}${tail}`,
    ],
  ),
  family(
    [table.spanish, table.italian],
    [],
    [
      // Calle de Alcalá, nº 12, 3º B, 28013 Madrid; Via dei Mille 4, 20121 Milano
      `(?:${capitalised(`${table.spanish}|${table.italian}`)}) ?${streetName}(?:(?<! ),)? ?(?:n[.º°]{0,2} ?|núm\\.? ?|num\\.? ?)?${houseNumber}${end}(?:,? ?\\d{1,2}[º°ª] ?(?:[A-Z](?!\\p{L})|izq\\.?|dcha\\.?)?)?${following}`,
    ],
  ),
  family(
    [table['post boxes'], 'p.o c.p'],
    [],
    [`(?:${anyCase(table['post boxes'])}):? ?(?:no\\.? |n° ?)?\\d{1,3}(?: ?\\d{1,3}){0,3}${end}${following}`],
  ),
]
const word = /\p{L}[\p{L}/.]+/gu
const functionWord =
  /^\d+ (?:of|on|in|at|from|with|and|the|this|that|per|for|to|by|off|down|cars?|people|days?|weeks?|years?|hours?|minutes?|miles?|more|other|new|old) /

/** Postcodes that show what they are: British, Dutch, Canadian ones and those with an American state. */
const postcodes = new RegExp(
  `${notAfter}(?:${[
    `(?:${name}(?: ${name})?,? )?${ukPostcode}`,
    `(?!19|20)[1-9]\\d{3} ?(?!S[ADS]|AD|BC|AM|PM)[A-Z]{2},? ${city}`,
    `${name}(?: ${name}){0,2},? (?:${states}),? \\d{5}(?:-\\d{4})?`,
    '[ABCEGHJ-NPRSTVXY]\\d[A-Z] ?\\d[A-Z]\\d',
  ].join('|')})${end}`,
  'gu',
)
/** A postcode of four or five digits and a city: with a country, or where something says that an address comes. */
const plainPostcode = new RegExp(
  `${notAfter}(?:(?<country>(?:D|A|CH|F|I|E|B|L|NL)-)\\d{4,5}|\\d{5}) ${city}${end}`,
  'gu',
)
const cues = new RegExp(`(?<![\\p{L}])(?:${anyOf(table['address cues'])})(?![\\p{L}])[^\\d\\n]{0,40}$`, 'u')

export function findAddresses({ plain, lower }: ReadableText): PersonalData[] {
  const words = lower.match(word)?.map(found => (found.endsWith('.') ? found.slice(0, -1) : found)) ?? []
  return [
    ...families
      .filter(family => words.some(found => speaksOf(family, found)))
      .flatMap(({ patterns }) => patterns)
      .flatMap(pattern => matches(plain, 'address', pattern, value => !functionWord.test(value))),
    ...matches(plain, 'address', postcodes),
    ...matches(
      plain,
      'address',
      plainPostcode,
      (value, start) => /^[A-Z]/.test(value) || cues.test(before(lower, start, 60)),
    ),
  ]
}

function speaksOf({ words, endings }: Family, word: string): boolean {
  if (words.has(word)) return true
  if (endings.size === 0) return false
  for (let length = 3; length < word.length && length <= 9; length++) if (endings.has(word.slice(-length))) return true
  return false
}
