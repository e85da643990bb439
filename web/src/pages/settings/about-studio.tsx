/** Where everything is kept, and which version this is. */
import { Table, Text } from '@mantine/core'
import type { AnswerOf } from '../../api/call.ts'
import { SettingGroup } from '../project/setting-group.tsx'

export function AboutStudio({ session }: { session: AnswerOf<'session'> }) {
  const { workspace, database, version, mostUploadBytes, accounts } = session
  const facts: [string, string][] = [
    ['Version', version],
    ['Workspace', workspace],
    ['Database', database === 'sqlite' ? 'SQLite, in the workspace’s folder' : 'PostgreSQL'],
    ['Largest upload', `${Math.floor(mostUploadBytes / 1024 / 1024).toLocaleString('en')} MB`],
  ]
  return (
    <SettingGroup title="This studio" lead="Nothing leaves it but what providers are asked.">
      <Table variant="vertical" withRowBorders={false} verticalSpacing={4} layout="fixed">
        <Table.Tbody>
          {facts.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={130} fw={500} bg="transparent" px={0}>
                {name}
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {!accounts && (
        <Text size="sm" c="dimmed">
          This workspace has one owner. Kept on PostgreSQL, it has accounts: for admins, editors and reviewers.
        </Text>
      )}
    </SettingGroup>
  )
}
