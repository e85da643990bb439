/** The button of a page that removes what the page is about, once that was confirmed. */
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconTrash } from '@tabler/icons-react'
import { ConfirmRemoval, type ConfirmRemovalProps } from './confirm-removal.tsx'

export function RemovalButton(props: Omit<ConfirmRemovalProps, 'opened' | 'onClose'>) {
  const [asked, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" color="red" leftSection={<IconTrash size={16} />} onClick={open}>
        Remove
      </Button>
      <ConfirmRemoval {...props} opened={asked} onClose={close} />
    </>
  )
}
