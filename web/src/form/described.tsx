/** A description from a schema: what stands in backticks is shown as code. */
import { Code } from '@mantine/core'
import type { ReactNode } from 'react'

export function described(text: string): ReactNode {
  // Odd parts stood between backticks.
  // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
  return text.split('`').map((part, at) => (at % 2 === 1 ? <Code key={`${at} ${part}`}>{part}</Code> : part))
}
