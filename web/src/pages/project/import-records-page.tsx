/** Import records. */
import { Page } from '../../parts/page.tsx'

export function ImportRecordsPage() {
  return <Page title="Import records">{null}</Page>
}
