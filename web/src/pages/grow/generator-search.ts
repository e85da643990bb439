/** What the address of a generator’s page may say. */
import { z } from 'zod'
import { searchText } from '../../parts/search-members.ts'

export const generatorSearch = z.object({
  /** The run whose records are shown. */
  run: searchText,
  /** A document of the project to begin with, in place of the draft. */
  document: searchText,
  /** Parameters to begin with, in place of the draft: a JSON object. */
  params: searchText,
  /** Records to multiply, by id, with commas between them. */
  records: searchText,
  /** A label to multiply. */
  label: searchText,
  /** A trial whose failed tests are augmented by. */
  trial: searchText,
})
export type GeneratorSearch = z.infer<typeof generatorSearch>
