/** What the first parts of tags stand for, as directives declare them. */
import { standard } from './node.ts'
import type { DirectiveToken, TagToken } from './token.ts'
import { YamlFault } from './yaml-fault.ts'

export class TagHandles {
  #prefixes = new Map([
    ['!', '!'],
    ['!!', standard],
  ])

  /** @throws YamlFault if they contradict one another or ask for another YAML. */
  declare(directives: DirectiveToken[]): void {
    const declared = new Set<string>()
    for (const { name, major, tag, start } of directives) {
      const what = tag ? `the tag ${tag.handle}` : name
      if (major !== undefined && major !== 1) {
        throw new YamlFault(start, 'This is not a version of YAML that can be read.', 'Take the line away.')
      }
      if (major === undefined && !tag) continue
      if (declared.has(what)) throw new YamlFault(start, `This declares ${what} again.`, 'Take the line away.')
      declared.add(what)
      if (tag) this.#prefixes.set(tag.handle, tag.prefix)
    }
  }

  /** @throws YamlFault if its first part was not declared. */
  resolve({ handle, suffix, start }: TagToken): string {
    if (handle === undefined) return suffix
    const prefix = this.#prefixes.get(handle)
    if (prefix !== undefined) return prefix + suffix
    throw new YamlFault(
      start,
      `The tag ${handle}${suffix} is of a kind that was not declared.`,
      'Put the text in quotes if it is meant to begin with !.',
    )
  }
}
