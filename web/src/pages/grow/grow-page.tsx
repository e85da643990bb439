/** Grow. */
import { Page } from '../../parts/page.tsx'

export function GrowPage() {
  return <Page title="Grow">{null}</Page>
}
