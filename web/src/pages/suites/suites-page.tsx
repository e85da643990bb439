/** Tests. */
import { Page } from '../../parts/page.tsx'

export function SuitesPage() {
  return <Page title="Tests">{null}</Page>
}
