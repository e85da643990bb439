/** The sheet of all keys. */
import { Group, Kbd, Modal, Stack, Table, Text } from '@mantine/core'
import { keyBindings, keyGroups } from './key-bindings.ts'

export function KeysSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys of this page" size="lg" centered>
      <Stack gap="md">
        {keyGroups.map(group => (
          <Stack gap={2} key={group}>
            <Text fw={600} size="sm">
              {group}
            </Text>
            <Table verticalSpacing={4} withRowBorders={false} aria-label={group}>
              <Table.Tbody>
                {keyBindings
                  .filter(binding => binding.group === group)
                  .map(({ act, shown, does }) => (
                    <Table.Tr key={act}>
                      <Table.Td w={150}>
                        <Group gap={4}>
                          {shown.map(key => (key === '–' ? <span key={key}>–</span> : <Kbd key={key}>{key}</Kbd>))}
                        </Group>
                      </Table.Td>
                      <Table.Td>{does}</Table.Td>
                    </Table.Tr>
                  ))}
              </Table.Tbody>
            </Table>
          </Stack>
        ))}
        <Text size="sm" c="dimmed">
          In the text of a record with entities: arrows move, Shift and arrows select, 1 – 9 mark, Delete takes a mark
          away. Keys do nothing while you type in a field.
        </Text>
      </Stack>
    </Modal>
  )
}
