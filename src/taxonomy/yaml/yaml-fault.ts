/** What makes a text no YAML; thrown while reading it and made a problem by whoever asked. */
import type { Mark } from './source-text.ts'

export class YamlFault extends Error {
  override readonly name = 'YamlFault'
  /** Where a person has to look. */
  readonly mark: Mark
  /** What to do about it. */
  readonly repair: string

  constructor(mark: Mark, message: string, repair: string) {
    super(message)
    this.mark = mark
    this.repair = repair
  }
}
