/** What an import came to, and where to go from there. */
import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { IconCheck, IconDownload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { resultOf } from '../../../../src/model/api/job-results.ts'
import type { Job } from '../../../../src/model/api/jobs.ts'
import { refresh } from '../../api/use-endpoint.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { BadRows, badRowsCsv } from './bad-rows.tsx'
import { downloadText } from './download-text.ts'
import { Section } from './section.tsx'

const badShown = 200

export function ImportDone({ project, job, onAnother }: { project: string; job: Job; onAnother: () => void }) {
  const client = useQueryClient()
  useEffect(() => {
    refresh(client, [
      'listProjects',
      'showProject',
      'projectSettings',
      'projectBalance',
      'listRecords',
      'countRecords',
      'recordFacets',
    ])
  }, [client])
  const another = (
    <Button variant="default" onClick={onAnother}>
      Import another file
    </Button>
  )
  const result = resultOf(job, 'import')
  if (!result)
    return (
      <Stack gap="md" align="flex-start">
        {job.problem ? (
          <ProblemNotice problem={job.problem} />
        ) : (
          <Alert color="yellow" title="The import was stopped.">
            What was imported by then stays. The same file goes on where it stopped: what is there is not added twice.
          </Alert>
        )}
        {another}
      </Stack>
    )
  const { added, skipped, badRows, bad, notes } = result
  const counted = (count: number, noun: string) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
  return (
    <Stack gap="lg">
      <Alert
        color={added > 0 || skipped > 0 ? 'green' : 'yellow'}
        icon={<IconCheck size={18} />}
        title={`${counted(added, 'record')} imported`}
        role="status"
      >
        <List size="sm">
          {skipped > 0 && <List.Item>{counted(skipped, 'row')} of this file had been imported before.</List.Item>}
          {badRows > 0 && <List.Item>{counted(badRows, 'row')} could not be taken; see below.</List.Item>}
          {notes.map(note => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      </Alert>
      <Group>
        <Button component={Link} to={`/p/${project}`}>
          See the balance
        </Button>
        <Button component={Link} to={`/p/${project}/records`} variant="default">
          See the records
        </Button>
        {another}
      </Group>
      {badRows > 0 && (
        <Section title="Rows that could not be taken">
          <Group justify="space-between">
            <Text size="sm">
              {badRows > bad.length
                ? `The first ${bad.length.toLocaleString('en')} of ${counted(badRows, 'row')}.`
                : counted(badRows, 'row')}
              {bad.length > badShown && ` ${badShown} are shown here.`}
            </Text>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => downloadText(`${project}-bad-rows.csv`, 'text/csv', badRowsCsv(bad))}
            >
              Download as CSV
            </Button>
          </Group>
          <BadRows bad={bad.slice(0, badShown)} />
        </Section>
      )}
    </Stack>
  )
}
