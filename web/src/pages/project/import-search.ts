/** What the address of the import page holds: the files that were sent. */
import { z } from 'zod'
import { searchList } from '../../parts/search-members.ts'

export const importSearch = z.object({ upload: searchList(z.string()) })
