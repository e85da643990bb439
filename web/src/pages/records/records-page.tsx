/** Records. */
import { Page } from '../../parts/page.tsx'

export function RecordsPage() {
  return <Page title="Records">{null}</Page>
}
