/** Prompts as versioned values with named slots, checked by the type system. */

type Slots<T extends string> = T extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Slots<Rest> : never

export interface Prompt<Name extends string = string> {
  /** `id@version`: part of the ledger key, so raise the version with every change of wording. */
  id: string
  render(slots: Record<Name, string>): { role: 'system' | 'user'; content: string }[]
}

/**
 * Defines a prompt from its system and user texts. `{{name}}` marks a slot; a line that consists of a slot alone vanishes
 * when the slot is empty, so that optional parts leave no gap.
 */
export function definePrompt<const S extends string, const U extends string>(parts: {
  id: string
  version: number
  system: S
  user: U
}): Prompt<Slots<S> | Slots<U>> {
  return {
    id: `${parts.id}@${parts.version}`,
    render: slots => [
      { role: 'system', content: fill(parts.system, slots) },
      { role: 'user', content: fill(parts.user, slots) },
    ],
  }
}

/** One pass, so that a slot’s value is never itself taken for a template. */
function fill(text: string, slots: Record<string, string>): string {
  return text
    .trim()
    .replace(/^\{\{(\w+)\}\}(\n|$)|\{\{(\w+)\}\}/gm, (_, alone: string | undefined, end: string, within: string) => {
      const value = slots[alone ?? within] ?? ''
      return alone && value ? value + end : value
    })
    .trim()
}
