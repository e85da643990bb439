/** What can be made up: names, addresses, companies and the like, each from a locale's word lists. */
import type { Faker } from '@faker-js/faker'

/** Who a row is about. */
export interface Person {
  first: string
  last: string
  sex: 'female' | 'male'
}

export type MakeFake = (faker: Faker, person: Person) => string

interface FakeKind {
  /** Whether it is about the person of the row. */
  ofPerson?: true
  make: MakeFake
}

const spelled: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  ø: 'oe',
  å: 'aa',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  þ: 'th',
  ı: 'i',
}

/** `anna.mueller` with up to three digits; where a name has no Latin letters, a word made of its characters. */
function nameWord(faker: Faker, first: string, last: string): string {
  const words = [first, last].map(word =>
    word
      .toLowerCase()
      .replace(/[äöüßæøåœłđþı]/g, letter => spelled[letter]!)
      .normalize('NFKD')
      .replace(/[^a-z0-9]/g, ''),
  )
  if (words.includes('')) return faker.internet.username({ firstName: first, lastName: last }).toLowerCase()
  const digits = faker.helpers.arrayElement(['', '', '', '#', '##', '###'])
  return words.join('.') + faker.helpers.replaceSymbols(digits)
}

/** E-mail addresses end in example.com and the like, so that they reach nobody. */
export const fakeKinds = {
  name: {
    ofPerson: true,
    make: (faker, { first, last, sex }) => faker.person.fullName({ firstName: first, lastName: last, sex }),
  },
  'first name': { ofPerson: true, make: (_, { first }) => first },
  'last name': { ofPerson: true, make: (_, { last }) => last },
  sex: { ofPerson: true, make: (_, { sex }) => sex },
  email: {
    ofPerson: true,
    make: (faker, { first, last }) =>
      `${nameWord(faker, first, last)}@example.${faker.helpers.arrayElement(['com', 'org', 'net'])}`,
  },
  username: {
    ofPerson: true,
    make: (faker, { first, last }) => nameWord(faker, first, last),
  },
  'job title': { make: faker => faker.person.jobTitle() },
  phone: { make: faker => faker.phone.number() },
  street: { make: faker => faker.location.streetAddress() },
  city: { make: faker => faker.location.city() },
  postcode: { make: faker => faker.location.zipCode() },
  state: { make: faker => faker.location.state() },
  country: { make: faker => faker.location.country() },
  company: { make: faker => faker.company.name() },
  department: { make: faker => faker.commerce.department() },
  product: { make: faker => faker.commerce.productName() },
  iban: { make: faker => faker.finance.iban() },
  colour: { make: faker => faker.color.human() },
  word: { make: faker => faker.lorem.word() },
  sentence: { make: faker => faker.lorem.sentence() },
} as const satisfies Record<string, FakeKind>

export type FakeName = keyof typeof fakeKinds

export function fakeKind(name: FakeName): FakeKind {
  return fakeKinds[name]
}
