/** Names of slots: entity types as templates can write them. */

/** A type as a slot is called: `FIRST NAME` is `{FIRST_NAME}`. */
export function slotNameOf(type: string): string {
  const name = type.trim().replace(/[^\p{L}\p{N}_-]+/gu, '_')
  return /^[\p{L}_]/u.test(name) ? name : `_${name}`
}

/** Gives each type a slot of its own, in the order they come. */
export class SlotNames {
  readonly #names = new Map<string, string>()
  readonly #types = new Map<string, string>()

  of(type: string): string {
    const known = this.#names.get(type)
    if (known !== undefined) return known
    let name = slotNameOf(type)
    for (let nth = 2; this.#types.has(name); nth++) name = `${slotNameOf(type)}_${nth}`
    this.#names.set(type, name)
    this.#types.set(name, type)
    return name
  }

  typeOf(slot: string): string | undefined {
    return this.#types.get(slot)
  }
}
