/** Personal data that nobody has, made with right check digits: its own arithmetic, so that the finder's is checked by another. */
import type { RandomStream } from '../../src/stats/random-stream.ts'
import people from './people.json' with { type: 'json' }

export type Language = keyof typeof people

const digits = (random: RandomStream, count: number) => Array.from({ length: count }, () => random.int(10)).join('')
/** `#` a digit, `%` a digit from 1, `@` a capital letter. */
const shaped = (random: RandomStream, shape: string) =>
  shape.replace(/[#%@]/g, sign =>
    sign === '@'
      ? random.pick([...'ABCDEFGHJKLMNPRSTVWXYZ'])
      : String(sign === '#' ? random.int(10) : 1 + random.int(9)),
  )
const two = (value: number) => String(value).padStart(2, '0')
/** Writes `compact` with blanks so that the groups have these lengths. */
const grouped = (compact: string, lengths: number[], separator = ' ') => {
  const starts = lengths.map((_, i) => lengths.slice(0, i).reduce((sum, length) => sum + length, 0))
  return lengths.map((length, i) => compact.slice(starts[i], starts[i]! + length)).join(separator)
}

function luhnDigit(body: string): string {
  const sum = [...body]
    .reverse()
    .map(Number)
    .reduce((total, digit, i) => total + (i % 2 === 0 ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit]! : digit), 0)
  return String((10 - (sum % 10)) % 10)
}

function card(random: RandomStream): string {
  const [prefix, length] = random.pick<[string, number]>([
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['37', 15],
    ['6011', 16],
  ])
  const body = prefix + digits(random, length - prefix.length - 1)
  const compact = body + luhnDigit(body)
  if (random.int(3) === 0) return compact
  return grouped(compact, length === 15 ? [4, 6, 5] : [4, 4, 4, 4], random.pick([' ', ' ', '-']))
}

const ibanBodies = {
  en: ['GB', '@@@@##############'],
  de: ['DE', '##################'],
  fr: ['FR', '#######################'],
  es: ['ES', '####################'],
  it: ['IT', '@######################'],
  nl: ['NL', '@@@@##########'],
} as const

/** ISO 13616, by whole numbers. */
function iban(random: RandomStream, language: Language): string {
  const [country, shape] = ibanBodies[language]
  const body = shaped(random, shape)
  const number = [...`${body}${country}00`].map(sign => Number.parseInt(sign, 36)).join('')
  const compact = `${country}${two(98 - Number(BigInt(number) % 97n))}${body}`
  return random.int(3) === 0 ? compact : compact.replace(/.{4}(?=.)/g, '$& ')
}

function wrongIban(random: RandomStream, language: Language): string {
  const right = iban(random, language)
  return right.slice(0, -1) + ((Number(right.at(-1)) + 1) % 10)
}

const nationalIds: Record<string, (random: RandomStream) => string> = {
  ssn: random =>
    `${shaped(random, '%').replace('9', '5')}${digits(random, 2)}-${two(1 + random.int(99))}-${shaped(random, '%###')}`,
  nino(random) {
    const compact = `${random.pick(['AB', 'CE', 'JK', 'LM', 'PW', 'SR', 'TY', 'ZA'])}${digits(random, 6)}${random.pick([...'ABCD'])}`
    return random.int(2) ? compact : grouped(compact, [2, 2, 2, 2, 1])
  },
  nhs(random) {
    for (;;) {
      const body = digits(random, 9)
      const check = (11 - ([...body].reduce((sum, digit, i) => sum + Number(digit) * (10 - i), 0) % 11)) % 11
      if (check < 10) return random.int(3) ? grouped(body + check, [3, 3, 4]) : body + check
    }
  },
  steuer(random) {
    // Ten digits, the first not zero, one digit twice and one not at all; ISO 7064 mod 11, 10.
    const order = random.shuffle([...'123456789']).join('')
    const body = order.slice(0, 5) + order[1]! + order.slice(5)
    let product = 10
    for (const digit of body) product = (((Number(digit) + product) % 10 || 10) * 2) % 11
    const compact = body + ((11 - product) % 10)
    return random.int(2) ? compact : grouped(compact, [2, 3, 3, 3])
  },
  nir(random) {
    const body = `${1 + random.int(2)}${two(40 + random.int(60))}${two(1 + random.int(12))}${two(1 + random.int(95))}${digits(random, 3)}${digits(random, 3)}`
    const compact = body + two(97 - Number(BigInt(body) % 97n))
    return random.int(2) ? compact : grouped(compact, [1, 2, 2, 2, 3, 3, 2])
  },
  dni(random) {
    const body = digits(random, 8)
    return `${body}${random.pick(['', '', '-'])}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(body) % 23]}`
  },
  nie(random) {
    const first = random.int(3)
    const body = digits(random, 7)
    const hyphen = random.pick(['', '-'])
    return `${'XYZ'[first]}${hyphen}${body}${hyphen}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(`${first}${body}`) % 23]}`
  },
  cf(random) {
    const body = `${shaped(random, '@@@@@@')}${two(random.int(100))}${random.pick([...'ABCDEHLMPRST'])}${two(1 + random.int(31))}${random.pick([...'ABCDEFGHIL'])}${digits(random, 3)}`
    const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    const sum = [...body].reduce((total, sign, i) => {
      const value = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65
      return total + (i % 2 === 0 ? odd[value]! : value)
    }, 0)
    return body + String.fromCharCode(65 + (sum % 26))
  },
  bsn(random) {
    for (;;) {
      const body = shaped(random, '%#######')
      const check = [...body].reduce((sum, digit, i) => sum + Number(digit) * (9 - i), 0) % 11
      if (check < 10) return random.int(3) ? body + check : grouped(body + check, [4, 2, 3], '.')
    }
  },
  cpf(random) {
    let body = digits(random, 9)
    for (const first of [10, 11]) {
      const rest = [...body].reduce((sum, digit, i) => sum + Number(digit) * (first - i), 0) % 11
      body += rest < 2 ? 0 : 11 - rest
    }
    return body.replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4')
  },
  /** Verhoeff's check digit, by the dihedral group itself instead of its table. */
  aadhaar(random) {
    const body = `${2 + random.int(8)}${digits(random, 10)}`
    const times = (a: number, b: number) =>
      a < 5 ? (b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5) : b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5
    const step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    const permuted = (digit: number, position: number): number =>
      position === 0 ? digit : permuted(step[digit]!, position - 1)
    const state = (text: string) =>
      [...text].reverse().reduce((c, digit, i) => times(c, permuted(Number(digit), i % 8)), 0)
    const check = [...'0123456789'].find(digit => state(body + digit) === 0)!
    return grouped(body + check, [4, 4, 4])
  },
}

const phones = {
  en: [
    '(%##) ###-####',
    '%##-###-####',
    '+1 %## ### ####',
    '+44 20 %### ####',
    '07### ######',
    '0%## ### ####',
    '%##.###.####',
  ],
  de: [
    '+49 %## #######',
    '0%## ######',
    '0%#/#######',
    '+49 (0)%# ######',
    '(0%#) ######-##',
    '01%# ########',
    '0049 %## ######',
  ],
  fr: ['06 ## ## ## ##', '01.##.##.##.##', '+33 % ## ## ## ##', '07 ## ## ## ##', '04########'],
  es: ['6## ### ###', '+34 6## ## ## ##', '91 ### ## ##', '6########', '7## ## ## ##'],
  it: ['3%# #######', '+39 3%# ### ####', '06 ########', '02 #### ####', '3%########'],
  nl: ['06-########', '06 ## ## ## ##', '+31 6 ########', '020-#######', '0%# ### ####'],
}

const streets: Record<Language, (random: RandomStream) => string> = {
  en: random =>
    random.pick([
      () =>
        `${shaped(random, '%#')} ${random.pick(['Maple', 'Old Mill', 'Harbour', 'Wellington'])} ${random.pick(['Street', 'Road', 'Avenue', 'Lane', 'Crescent', 'Close'])}, ${random.pick(['Leeds', 'Bath', 'Bristol'])} ${random.pick(['LS', 'BA', 'BS'])}${shaped(random, '% %')}${shaped(random, '@@').replace(/[CIKMOV]/g, 'A')}`,
      () =>
        `${shaped(random, '%###')} ${random.pick(['Oak', 'N. Clark', 'Sunset', 'Martin Luther King'])} ${random.pick(['St', 'Ave', 'Blvd', 'Drive', 'Pkwy'])}${random.pick(['', ' Apt 4B', ', Suite 210'])}, ${random.pick(['Springfield', 'San Jose', 'Fort Worth'])}, ${random.pick(['IL', 'CA', 'TX'])} ${shaped(random, '%####')}`,
      () => `P.O. Box ${shaped(random, '%###')}`,
      () =>
        `Flat ${shaped(random, '%')}, ${shaped(random, '%#')} ${random.pick(['Victoria', 'Church', 'Station'])} Terrace`,
    ])(),
  de: random =>
    random.pick([
      () =>
        `${random.pick(['Goethe', 'Linden', 'Berliner ', 'Kastanien'])}${'straße'} ${shaped(random, '%#')}${random.pick(['', 'a'])}, ${shaped(random, '%####')} ${random.pick(['Hamburg', 'Köln', 'Jena'])}`.replace(
          ' straße',
          ' Straße',
        ),
      () =>
        `${random.pick(['Mühlenweg', 'Marktplatz', 'Brunnengasse', 'Schillerstr.', 'Am Hang', 'Kaiserallee'])} ${shaped(random, '%#')}, ${shaped(random, '%####')} ${random.pick(['Dresden', 'Bad Homburg', 'Ulm'])}`,
      () => `Postfach ${shaped(random, '%# ## ##')}`,
    ])(),
  fr: random =>
    `${shaped(random, '%#')}${random.pick(['', ' bis'])}${random.pick(['', ','])} ${random.pick(['rue de la République', 'avenue Jean-Jaurès', 'boulevard Voltaire', 'chemin des Vignes', 'impasse du Moulin', "place de l'Église"])}${random.pick(['', ', 69003 Lyon', ', 75011 Paris', ' 13001 Marseille'])}`,
  es: random =>
    `${random.pick(['Calle Mayor', 'C/ Serrano', 'Avenida de la Constitución', 'Plaza del Carmen', 'Paseo de Gracia', 'calle de Alcalá'])}${random.pick([',', ', nº', ''])} ${shaped(random, '%#')}${random.pick(['', ', 3º B', ', 28013 Madrid', ', 41001 Sevilla'])}`,
  it: random =>
    `${random.pick(['Via Garibaldi', 'via dei Mille', 'Corso Vittorio Emanuele', 'Piazza Dante', 'Viale Europa', 'Via San Marco'])}${random.pick([',', ''])} ${shaped(random, '%#')}${random.pick(['', ', 20121 Milano', ', 00184 Roma'])}`,
  nl: random =>
    `${random.pick(['Dorpsstraat', 'Prinsengracht', 'Molenweg', 'Laan van Meerdervoort', 'Beethovenlaan', 'Kerkplein'])} ${shaped(random, '%#')}${random.pick(['', 'b', '-2'])}, ${shaped(random, '%###')} ${random.pick(['AB', 'KL', 'XZ'])} ${random.pick(['Utrecht', 'Den Haag', 'Zwolle'])}`,
}

const months: Record<Language, string[]> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
  it: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre'.split(' '),
  nl: 'januari februari maart april mei juni juli augustus september oktober november december'.split(' '),
}

function date(random: RandomStream, language: Language, year: number): string {
  const day = 1 + random.int(28)
  const month = random.int(12)
  const named = months[language][month]!
  const numeric = [`${two(day)}/${two(month + 1)}/${year}`, `${year}-${two(month + 1)}-${two(day)}`]
  const own: Record<Language, string[]> = {
    en: [`${day} ${named} ${year}`, `${named} ${day}, ${year}`, ...numeric],
    de: [`${two(day)}.${two(month + 1)}.${year}`, `${day}. ${named} ${year}`, `${day}.${month + 1}.${two(year % 100)}`],
    fr: [`${day} ${named} ${year}`, numeric[0]!],
    es: [`${day} de ${named} de ${year}`, numeric[0]!],
    it: [`${day} ${named} ${year}`, numeric[0]!],
    nl: [`${day} ${named} ${year}`, `${two(day)}-${two(month + 1)}-${year}`],
  }
  return random.pick(own[language])
}

const plates: Record<Language, string> = {
  en: '@@## @@@',
  de: 'B-@@ %##',
  fr: '@@-###-@@',
  es: '#### @@@',
  it: '@@ ###@@',
  nl: '@@-##-@@',
}
const records = ['########', '@@-######', '##-####-##', '@#######', '####/##']
const local = (name: string) =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

export interface Person {
  given: string
  surname: string
}

export function person(random: RandomStream, language: Language): Person {
  return { given: random.pick(people[language].given), surname: random.pick(people[language].surnames) }
}

/** Value makers by slot name; those of a person's names are not among them. */
export const values: Record<string, (random: RandomStream, language: Language) => string> = {
  ...nationalIds,
  card,
  iban,
  phone: (random, language) => shaped(random, random.pick(phones[language])),
  email(random, language) {
    const { given, surname } = person(random, language)
    const user = random.pick([
      `${local(given)}.${local(surname)}`,
      `${local(given)}${random.int(100)}`,
      `${local(surname)}+shop`,
    ])
    return `${user}@${random.pick(['example.org', 'mail.example.co.uk', 'posteo.example', 'web-post.example'])}`
  },
  ip: random =>
    random.pick([
      () => `${128 + random.int(90)}.${random.int(256)}.${random.int(256)}.${1 + random.int(254)}`,
      () => `2001:db8:${(4096 + random.int(60000)).toString(16)}::${(16 + random.int(60000)).toString(16)}`,
    ])(),
  mac: random =>
    Array.from({ length: 6 }, () => random.int(256).toString(16).padStart(2, '0')).join(random.pick([':', '-'])),
  secret: random =>
    `${random.pick(['sk-', 'ghp_', 'xoxb-'])}${Array.from({ length: 36 }, () => random.pick([...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'])).join('')}`,
  address: (random, language) => streets[language](random),
  dob: (random, language) => date(random, language, 1940 + random.int(65)),
  plate: (random, language) => shaped(random, plates[language]),
  record: random => shaped(random, random.pick(records)),
  passport: random => shaped(random, random.pick(['@########', '@@#######', '#########', '@##@##@##'])),
  '-order': random =>
    shaped(random, random.pick(['#%######', 'ORD-%######', '%####-%###', '%#########', '#%##########', 'A%####'])),
  '-date': (random, language) => date(random, language, 2015 + random.int(12)),
  '-time': random => `${two(random.int(24))}:${two(random.int(60))}`,
  '-price': random => `${random.pick(['€', '$', '£'])}${1 + random.int(9)},${digits(random, 3)}.${digits(random, 2)}`,
  '-version': random => `${random.int(20)}.${random.int(30)}.${random.int(10)}${random.pick(['', '.1042'])}`,
  '-small': random => String(2 + random.int(90)),
  '-large': random =>
    random.pick(['%,###,###', '% ### ###', '%.###.###']).replace(/[%#]/g, sign => shaped(random, sign)),
  '-badiban': wrongIban,
}
