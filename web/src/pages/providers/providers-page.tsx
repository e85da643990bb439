/** Providers. */
import { Page } from '../../parts/page.tsx'

export function ProvidersPage() {
  return <Page title="Providers">{null}</Page>
}
