/** Test results. */
import { Page } from '../../parts/page.tsx'

export function TrialPage() {
  return <Page title="Test results">{null}</Page>
}
