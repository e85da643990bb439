/** Word lists of names and addresses by locale; each is loaded when it is first asked for. */
import type { Faker } from '@faker-js/faker'
import type { RandomStream } from '../../stats/random-stream.ts'
import { type LocaleName, localeNames } from './locale-names.ts'

/** Word lists never change once they are here, so that sharing them is no state. */
const loaded = new Map<string, Faker>()

/**
 * Loads what the `fake` columns of a declaration need; wait for it before `openDeclaration`. What it cannot read is left
 * to that.
 */
export async function loadLocales(declaration: unknown): Promise<void> {
  const names = [...localesIn(declaration, 0)].filter(name => !loaded.has(name) && /^\w+$/.test(name))
  const known: readonly string[] = localeNames
  await Promise.all(
    names
      .filter(name => known.includes(name))
      .map(async name => {
        const { faker } = (await import(`@faker-js/faker/locale/${name}`)) as { faker: Faker }
        loaded.set(name, faker)
      }),
  )
}

function* localesIn(value: unknown, depth: number): Generator<string> {
  if (typeof value !== 'object' || value === null || depth > 8) return
  if ('fake' in value) yield 'locale' in value ? String(value.locale) : 'en'
  for (const inner of Object.values(value)) yield* localesIn(inner, depth + 1)
}

/** Makes things up by the given stream: `from` sets it. */
export interface Fake {
  faker: Faker
  from(random: RandomStream): void
}

export function openFake(locale: LocaleName): Fake {
  const lists = loaded.get(locale)
  if (!lists) throw new Error(`loadLocales was not awaited: “${locale}” is not loaded`)
  let stream: RandomStream | undefined
  const randomizer = { next: () => stream!.float(), seed: () => undefined }
  const Constructor = lists.constructor as new (options: object) => Faker
  const faker = new Constructor({
    locale: (lists as unknown as { fakerCore: { locale: unknown } }).fakerCore.locale,
    randomizer,
  })
  return {
    faker,
    from(random) {
      stream = random
    },
  }
}
