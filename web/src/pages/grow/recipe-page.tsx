/** Recipe. */
import { Page } from '../../parts/page.tsx'

export function RecipePage() {
  return <Page title="Recipe">{null}</Page>
}
