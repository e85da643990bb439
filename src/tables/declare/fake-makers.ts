/** Columns of made-up names, addresses and the like; those of one person fit together. */
import type { RandomStream } from '../../stats/random-stream.ts'
import type { TextColumn } from '../table.ts'
import type { FakeChoice } from './column-choice.ts'
import { type ColumnMaker, columnOf } from './column-maker.ts'
import { fakeKind, type MakeFake, type Person } from './fake-kinds.ts'
import { type Fake, openFake } from './locales.ts'
import { type Path, recipeFault } from './read-declaration.ts'

const parts = ['first', 'last', 'sex'] as const

function personColumn(choice: FakeChoice, part: (typeof parts)[number]): string {
  return `#${choice.of} ${choice.locale} ${part}`
}

/** Who the rows are about: hidden columns that all columns of this person read. */
export function personMaker(choice: FakeChoice, path: Path): ColumnMaker {
  const makes = parts.map(part => personColumn(choice, part))
  return {
    makes,
    needs: [],
    path,
    open() {
      const fake = openFake(choice.locale)
      const { person } = fake.faker
      return {
        headers: makes.map(name => ({ storage: 'texts', type: 'text', name })),
        make({ table: { rows }, random }) {
          fake.from(random)
          const people = Array.from({ length: rows }, () => {
            const sex = person.sexType() as Person['sex']
            return { first: person.firstName(sex), last: person.lastName(sex), sex }
          })
          return parts.map((part, place) => ({
            storage: 'texts',
            type: 'text',
            name: makes[place]!,
            values: people.map(one => one[part]),
          }))
        },
      }
    },
  }
}

export function fakeMaker(name: string, choice: FakeChoice, path: Path): ColumnMaker {
  const { make, ofPerson } = fakeKind(choice.fake)
  const needs = ofPerson ? parts.map(part => personColumn(choice, part)) : []
  return {
    makes: [name],
    needs,
    path,
    open(context) {
      const fake = openFake(choice.locale)
      requireWords(fake, choice, make, context.random, path)
      return {
        headers: [{ storage: 'texts', type: 'text', name }],
        make({ table, random }) {
          fake.from(random)
          const [first, last, sex] = needs.map(need => (columnOf(table, need) as TextColumn).values as string[])
          const values = Array.from({ length: table.rows }, (_, row) =>
            make(fake.faker, {
              first: first?.[row] ?? '',
              last: last?.[row] ?? '',
              sex: (sex?.[row] ?? 'female') as Person['sex'],
            }),
          )
          return [{ storage: 'texts', type: 'text', name, values }]
        },
      }
    },
  }
}

/** Not every locale has words for everything: Hong Kong has no postcodes. */
function requireWords(
  fake: Fake,
  { fake: kind, locale }: FakeChoice,
  make: MakeFake,
  random: RandomStream,
  path: Path,
): void {
  fake.from(random.fork('words'))
  try {
    make(fake.faker, { first: 'A', last: 'B', sex: 'female' })
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw recipeFault(
      path,
      `the locale “${locale}” has no ${kind}: ${reason}`,
      'Choose another locale for this column.',
    )
  }
}

/** The person that a column is about, if it is about one. */
export function isOfPerson(choice: FakeChoice): boolean {
  return fakeKind(choice.fake).ofPerson === true
}
