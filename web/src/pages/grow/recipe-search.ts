/** What the address of the recipe page may say. */
import { z } from 'zod'
import { searchText } from '../../parts/search-members.ts'

export const recipeSearch = z.object({
  /** A run whose recipe is opened, in place of the draft. */
  run: searchText,
  /** The run whose records are shown. */
  results: searchText,
})
