/** What a unit asks its teacher for: so many questions of a type, a difficulty and a language, about a passage. */
import type { UnitContext } from '../../engine/define.ts'
import { dealt, sharesOf } from './mix.ts'
import type { Passage } from './passages.ts'
import { type QaDocument, qaMaterial } from './qa-material.ts'
import { isPaired } from './qa-pipelines.ts'
import type { SourceParams } from './source-params.ts'

export interface Order {
  /** Tells it from the unit's other orders. */
  name: string
  type: string
  difficulty: string
  /** A code; empty for the document's own language. */
  language: string
  document: QaDocument
  passage: Passage
  /** Given to a pipeline that takes two. */
  second?: Passage
  asks: number
}

type Mix = readonly string[] | Record<string, number>

/**
 * Passages take turns through all units of the cell; types, difficulties and languages are dealt within the unit, each by its share.
 * What is alike in all of them is one order.
 */
export function ordersOf(context: UnitContext<SourceParams>, types: Mix): Order[] {
  const { params, cell, cellOrdinal, asks, random } = context
  const material = qaMaterial(context.material)
  const { document: place, passages } = material.cells[cell]!
  const document = material.documents[place]!
  const deal = (name: string, mix: Mix | undefined) => {
    const shares = sharesOf(mix ?? [])
    const stream = random.fork(name)
    return stream.shuffle(dealt(shares, asks, stream.float()))
  }
  const possible = sharesOf(types).filter(
    ({ value }) => document.passages.length > 1 || !isPaired(material.pipelines[value]!),
  )
  const kinds = deal('types', Object.fromEntries(possible.map(({ value, weight }) => [value, weight])))
  const grades = deal('difficulties', params.difficulty)
  const languages = deal('languages', params.languages)
  const orders = new Map<string, Order>()
  for (let item = 0; item < asks; item++) {
    const turn = cellOrdinal * material.perUnit + item
    const at = passages[turn % passages.length]!
    const [type, difficulty = '', language = ''] = [kinds[item]!, grades[item], languages[item]]
    const name = [type, difficulty, language, at].filter(part => part !== '').join(' ')
    const order = orders.get(name)
    if (order) order.asks++
    else {
      const partners = isPaired(material.pipelines[type]!) ? document.related[at]! : []
      const partner = partners[Math.floor(turn / passages.length) % Math.max(1, partners.length)]
      const second = partner === undefined ? {} : { second: document.passages[partner]! }
      const passage = document.passages[at]!
      orders.set(name, { name, type, difficulty, language, document, passage, ...second, asks: 1 })
    }
  }
  return [...orders.values()]
}
