/** Before and after. */
import { Page } from '../../parts/page.tsx'

export function ImprovementPage() {
  return <Page title="Before and after">{null}</Page>
}
