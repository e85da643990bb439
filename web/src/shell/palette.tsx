/** Go anywhere by typing: Ctrl or Cmd and K opens it on every page. */
import { Kbd, Modal, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { useEndpoint } from '../api/use-endpoint.ts'
import { projectPages, workspacePages } from './places.ts'

interface Place {
  label: string
  to: string
}

export function Palette() {
  const [opened, { open, close }] = useDisclosure(false)
  useHotkeys([['mod+K', open]], [])
  return (
    <>
      <UnstyledButton
        onClick={open}
        visibleFrom="sm"
        px="sm"
        py={4}
        style={{ border: '1px solid var(--mantine-color-default-border)', borderRadius: 'var(--mantine-radius-md)' }}
      >
        <Text size="xs" c="dimmed" component="span">
          <IconSearch size={12} /> Go to … <Kbd size="xs">Ctrl K</Kbd>
        </Text>
      </UnstyledButton>
      <Modal
        opened={opened}
        onClose={close}
        title="Go to"
        closeButtonProps={{ 'aria-label': 'Close' }}
        yOffset="10vh"
        transitionProps={{ duration: 0 }}
      >
        <Places onGone={close} />
      </Modal>
    </>
  )
}

function Places({ onGone }: { onGone(): void }) {
  const navigate = useNavigate()
  const { project } = useParams({ strict: false })
  const { data: projects = [] } = useEndpoint('listProjectNames', {})
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const found = matching(placesOf(project, projects), typed)
  const go = (place: Place | undefined) => {
    if (!place) return
    navigate({ to: place.to })
    onGone()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setAt((at + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter') go(found[at])
    else return
    event.preventDefault()
  }
  return (
    <Stack gap="xs">
      <TextInput
        data-autofocus
        aria-label="Page or project"
        placeholder="A page or a project"
        value={typed}
        role="combobox"
        aria-expanded
        aria-controls="places"
        aria-activedescendant={found[at] ? `place-${at}` : undefined}
        onKeyDown={onKeyDown}
        onChange={event => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
      />
      <div id="places" role="listbox" aria-label="Places" style={{ maxHeight: '50vh', overflow: 'auto' }}>
        {found.map((place, index) => (
          <UnstyledButton
            key={place.to}
            id={`place-${index}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            onClick={() => go(place)}
            display="block"
            w="100%"
            p="xs"
            fz="sm"
            bg={index === at ? 'var(--mantine-primary-color-light)' : undefined}
            style={{ borderRadius: 'var(--mantine-radius-md)' }}
          >
            {place.label}
          </UnstyledButton>
        ))}
      </div>
      {found.length === 0 && <Text size="sm">Nothing is called that.</Text>}
    </Stack>
  )
}

function placesOf(current: string | undefined, projects: string[]): Place[] {
  const pagesOf = (project: string) =>
    projectPages.map(({ path, label }) => ({ label: `${project}: ${label}`, to: `/p/${project}${path}` }))
  const others = projects.filter(name => name !== current)
  return [
    ...(current === undefined ? [] : pagesOf(current)),
    ...workspacePages.map(({ path, label }) => ({ label, to: path })),
    ...others.flatMap(pagesOf),
  ]
}

/** Those that hold each word that was typed. */
function matching(places: Place[], typed: string): Place[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return places.filter(({ label }) => words.every(word => label.toLowerCase().includes(word))).slice(0, 50)
}
