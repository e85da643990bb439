/** Dropping of files, loaded when a page has it: around what it is given, or over the whole page. */
import '@mantine/dropzone/styles.css'
import { Center, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import type { ReactNode } from 'react'

interface DropZoneProps {
  onFiles: (files: File[]) => void
  children: ReactNode
  /** Takes files wherever on the page they are dropped, and shows `children` over it meanwhile. */
  everywhere?: boolean
}

export default function DropZone({ onFiles, children, everywhere = false }: DropZoneProps) {
  if (everywhere)
    return (
      <Dropzone.FullScreen active onDrop={onFiles}>
        <Center mih="60vh" style={{ pointerEvents: 'none' }}>
          <Text size="xl" fw={600}>
            {children}
          </Text>
        </Center>
      </Dropzone.FullScreen>
    )
  // The button inside is what a keyboard and a screen reader find.
  return (
    <Dropzone
      onDrop={onFiles}
      activateOnClick={false}
      activateOnKeyboard={false}
      enablePointerEvents
      tabIndex={-1}
      role="presentation"
      p={0}
      bd="none"
      inputProps={{ 'aria-hidden': true, tabIndex: -1 }}
    >
      {children}
    </Dropzone>
  )
}
