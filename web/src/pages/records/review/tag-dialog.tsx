/** Asks for a tag, to be given or taken away. */
import { Autocomplete, Button, Group, Modal, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'

interface TagDialogProps {
  title: string
  /** Tags in use. */
  known: string[]
  /** Tags that are taken away by naming them again. */
  present?: string[]
  button?: string
  label?: string
  onTag: (tag: string) => void
  onClose: () => void
}

export function TagDialog({ title, known, present = [], button, label = 'Tag', onTag, onClose }: TagDialogProps) {
  const [tag, setTag] = useState('')
  const name = tag.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name === '') return
    onTag(name)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={title} centered size="sm">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Autocomplete
            label={label}
            data-autofocus
            data={known}
            value={tag}
            onChange={setTag}
            maxLength={200}
            description={present.length > 0 ? `Has: ${present.join(', ')}. Naming one takes it away.` : undefined}
            comboboxProps={{ withinPortal: false }}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="subtle" color="gray" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={name === ''}>
              {button ?? (present.includes(name) ? 'Take away' : 'Tag')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
