/** Export. */
import { Page } from '../../parts/page.tsx'

export function ExportRecordsPage() {
  return <Page title="Export">{null}</Page>
}
