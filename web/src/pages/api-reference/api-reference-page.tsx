/** API. */
import { Page } from '../../parts/page.tsx'

export function ApiReferencePage() {
  return <Page title="API">{null}</Page>
}
