/** Where files are dropped or chosen: by mouse anywhere in it, by keyboard through its button. */
import { Box, Button, FileButton, Group, Paper, Progress, Stack, Text } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { ProblemNotice } from './problem-notice.tsx'
import type { Uploads } from './use-uploads.ts'

const DropZone = lazy(() => import('./drop-zone.tsx'))

interface FileDropProps {
  /** What is to be dropped, as “Drop a file with your records here”. */
  title: string
  children?: ReactNode
  uploads: Uploads
  onFiles: (files: File[]) => void
}

export function FileDrop({ title, children, uploads, onFiles }: FileDropProps) {
  const { uploading, error } = uploads
  const idle = (
    <Paper withBorder p="xl" style={{ borderStyle: 'dashed' }}>
      <Stack align="center" gap="sm" ta="center">
        <Text fw={600}>{title}</Text>
        {children && (
          <Text size="sm" c="dimmed" maw={620} component="div">
            {children}
          </Text>
        )}
        <FileButton onChange={files => files.length > 0 && onFiles(files)} multiple>
          {props => (
            <Button {...props} leftSection={<IconFolderOpen size={18} />}>
              Choose files …
            </Button>
          )}
        </FileButton>
      </Stack>
    </Paper>
  )
  return (
    <Stack gap="sm">
      {error !== undefined && <ProblemNotice error={error} />}
      {uploading ? (
        <UploadProgress uploads={uploads} />
      ) : (
        <Suspense fallback={<PlainDrop onFiles={onFiles}>{idle}</PlainDrop>}>
          <DropZone onFiles={onFiles}>{idle}</DropZone>
        </Suspense>
      )}
    </Stack>
  )
}

/** Takes a drop while the drop zone is being loaded: left to itself, the browser would open the file in place of the page. */
function PlainDrop({ onFiles, children }: Pick<FileDropProps, 'onFiles' | 'children'>) {
  return (
    <Box
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault()
        onFiles([...event.dataTransfer.files])
      }}
    >
      {children}
    </Box>
  )
}

/** How far the files are on their way; nothing while none is. */
export function UploadProgress({ uploads: { uploading, stop } }: { uploads: Uploads }) {
  if (!uploading) return null
  const { name, done, total } = uploading
  return (
    <Paper withBorder p="md">
      <Stack gap="xs" aria-live="polite">
        <Group justify="space-between" wrap="nowrap">
          <Box miw={0}>
            <Text size="sm" truncate>
              Sending {name}
            </Text>
          </Box>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={stop}>
            Stop
          </Button>
        </Group>
        <Progress value={total === 0 ? 100 : (done / total) * 100} aria-label={`Sending ${name}`} />
        <Text size="xs" c="dimmed">
          {megabytes(done)} of {megabytes(total)}
        </Text>
      </Stack>
    </Paper>
  )
}

export function megabytes(bytes: number): string {
  return bytes < 1024 * 1024
    ? `${Math.ceil(bytes / 1024).toLocaleString('en')} kB`
    : `${(bytes / 1024 / 1024).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
}
