/** What a run says of itself besides its counts; the first few, and the rest where somebody wants it. */
import { Button, List } from '@mantine/core'
import { useState } from 'react'
import { shownCount } from './run-watch-words.ts'

const fewNotes = 6

export function RunNotes({ notes }: { notes: string[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? notes : notes.slice(0, fewNotes)
  return (
    <div>
      <List size="sm">
        {shown.map(note => (
          <List.Item key={note} className="generated-text">
            {note}
          </List.Item>
        ))}
      </List>
      {shown.length < notes.length && (
        <Button variant="subtle" size="xs" px={6} mt={6} onClick={() => setAll(true)}>
          Show all {shownCount(notes.length)}
        </Button>
      )}
    </div>
  )
}
