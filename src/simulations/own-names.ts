/** Finds members of a model that stand in the way of those which every model has. */
import { CultivarError } from '../model/error.ts'
import { Model } from './model.ts'

/** What a model is to write itself. */
const ownMethods = new Set(['constructor', 'setup', 'ready', 'step', 'end'])

/**
 * TypeScript refuses such members; types that are stripped are checked by nobody, and a hospital that can `admit` patients would take
 * births for them.
 *
 * @throws CultivarError `bad-file`, naming the member
 */
export function checkOwnNames(simulation: string, model: Model): void {
  const name = shadowedMethod(model) ?? model.replacedField
  if (name === undefined) return
  throw new CultivarError(
    'bad-file',
    `“${simulation}” has a member “${name}” of its own, and every model has one already.`,
    'Give yours another name.',
  )
}

function shadowedMethod(model: Model): string | undefined {
  const inherited = Object.getOwnPropertyNames(Model.prototype).filter(name => !ownMethods.has(name))
  for (let at: object = model; at !== Model.prototype; at = Object.getPrototypeOf(at)) {
    const shadowed = inherited.find(name => Object.hasOwn(at, name))
    if (shadowed !== undefined) return shadowed
  }
  return undefined
}
