/** Uploads: what the endpoints of `src/model/api/uploads.ts` do. */
import type { uploadEndpoints } from '../../model/api/uploads.ts'
import type { Handlers } from '../handler.ts'

export const uploadHandlers: Handlers<typeof uploadEndpoints> = {
  uploadFile: ({ uploads, bytes }, { query }) => uploads.store(query.name, bytes),
}
