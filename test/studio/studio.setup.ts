/** Builds the studio’s pages once, before the workers begin. */
import { studioPages } from '../../src/server/studio-pages.ts'

export default async function setup(): Promise<void> {
  await studioPages(() => undefined)
}
