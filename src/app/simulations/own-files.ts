/** Files of a folder that may be replaced, for they were written by what wants to replace them; those of others are let be. */
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import { writeTextFile } from '../write-text-file.ts'

/** What is about to be written is noted first, so that what a killed process left is known for its own. */
export class OwnFiles {
  readonly #folder: string
  readonly #note: string
  readonly #names: Set<string>

  private constructor(folder: string, note: string, names: Iterable<string>) {
    this.#folder = folder
    this.#note = note
    this.#names = new Set(names)
  }

  /**
   * @param note path of the file where they are noted while they are written
   * @param listed names of those that were written before
   */
  static async of(folder: string, note: string, listed: readonly string[]): Promise<OwnFiles> {
    const text = await readFile(note, 'utf8').catch(() => '[]')
    return new OwnFiles(folder, note, [...listed, ...(JSON.parse(text) as string[])])
  }

  /** @throws CultivarError `already-exists` where one of the names is another’s file. */
  requireFree(names: readonly string[], hint: string): void {
    const files = names.filter(name => !this.#names.has(name) && existsSync(join(this.#folder, name)))
    if (files.length === 0) return
    throw new CultivarError(
      'already-exists',
      `${this.#folder} has files that would be replaced: ${files.join(', ')}.`,
      hint,
      { folder: this.#folder, files },
    )
  }

  async willWrite(names: readonly string[]): Promise<void> {
    for (const name of names) this.#names.add(name)
    await writeTextFile(this.#note, JSON.stringify([...this.#names]))
  }

  /** Once the list of what was written lies there. */
  async written(): Promise<void> {
    await rm(this.#note, { force: true })
  }
}
