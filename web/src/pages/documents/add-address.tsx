/** A document of the web, added by its address. */
import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'

export function AddAddress({ adding, onAdd }: { adding: boolean; onAdd: (address: string) => void }) {
  const [address, setAddress] = useState('')
  const trimmed = address.trim()
  const url = URL.parse(trimmed)
  const isAddress = url !== null && /^https?:$/.test(url.protocol) && url.hostname !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isAddress) return
    onAdd(trimmed)
    setAddress('')
  }
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          flex={1}
          label="Or by its address"
          description="Fetching sends the address alone; nothing of the project leaves the machine."
          placeholder="https://example.org/manual.pdf"
          type="url"
          inputMode="url"
          value={address}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!isAddress} loading={adding}>
          Add
        </Button>
      </Group>
      {trimmed !== '' && !isAddress && <small role="status">Write a whole address, with https:// before it.</small>}
    </form>
  )
}
