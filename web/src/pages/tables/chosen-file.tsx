/** One file of a form: chosen, sent, named, and able to be changed. */
import { Button, FileButton, Group, Stack, Text } from '@mantine/core'
import { IconFile, IconX } from '@tabler/icons-react'
import { UploadProgress } from '../../parts/file-drop.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useUploads } from '../../parts/use-uploads.ts'

export interface SentFile {
  upload: string
  name: string
}

interface ChosenFileProps {
  label: string
  description?: string
  value: SentFile | undefined
  onChange: (file: SentFile | undefined) => void
}

export function ChosenFile({ label, description, value, onChange }: ChosenFileProps) {
  const uploads = useUploads()
  const bring = async (file: File | null) => {
    const sent = file && (await uploads.send([file]))
    if (sent?.[0]) onChange({ upload: sent[0].upload, name: sent[0].name })
  }
  return (
    <Stack gap={4} role="group" aria-label={label}>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      {description && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
      {uploads.error !== undefined && <ProblemNotice error={uploads.error} />}
      {uploads.uploading ? (
        <UploadProgress uploads={uploads} />
      ) : (
        <Group gap="xs">
          <FileButton onChange={file => void bring(file)}>
            {props => (
              <Button
                {...props}
                variant="default"
                maw="100%"
                leftSection={<IconFile size={16} />}
                aria-label={`${value ? value.name : 'Choose a file …'}: ${label}`}
              >
                {value ? value.name : 'Choose a file …'}
              </Button>
            )}
          </FileButton>
          {value && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconX size={14} />}
              onClick={() => onChange(undefined)}
              aria-label={`Leave it out: ${value.name}`}
            >
              Leave it out
            </Button>
          )}
        </Group>
      )}
    </Stack>
  )
}
