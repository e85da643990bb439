/** Suite. */
import { Page } from '../../parts/page.tsx'

export function SuitePage() {
  return <Page title="Suite">{null}</Page>
}
