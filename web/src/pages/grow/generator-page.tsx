/** Grow. */
import { Page } from '../../parts/page.tsx'

export function GeneratorPage() {
  return <Page title="Grow">{null}</Page>
}
