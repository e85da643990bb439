/** A changed text with the words marked that are not in the original. */
import { Mark } from '@mantine/core'
import { changedWords } from './changed-words.ts'

export function MarkedChange({ before, after }: { before: string; after: string }) {
  return (
    <span className="generated-text">
      {changedWords(before, after).map(({ text, changed, start }) =>
        changed ? (
          <Mark key={start} style={{ borderRadius: 3 }}>
            {text}
          </Mark>
        ) : (
          <span key={start}>{text}</span>
        ),
      )}
    </span>
  )
}
