/** What came of adding documents: those that were read, those that were there, those that could not be. */
import { Alert, Anchor, List, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { resultOf } from '../../../../src/model/api/job-results.ts'
import type { Job } from '../../../../src/model/api/jobs.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'

const listed = 8

export function AddedDocuments({ project, job }: { project: string; job: Job }) {
  if (job.problem) return <ProblemNotice problem={job.problem} />
  const result = resultOf(job, 'documents')
  if (!result) return <Alert color="yellow" title="Stopped. What was read by then stays." role="status" />
  const { added, present, failed } = result
  const counted = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'document' : 'documents'}`
  return (
    <Stack gap="xs" role="status">
      {added.length > 0 && (
        <Alert color="green" title={`${counted(added.length)} added`}>
          <List size="sm">
            {added.slice(0, listed).map(({ id, name, notes }) => (
              <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
                <Anchor
                  component={Link}
                  to={`/p/${project}/documents/${id}`}
                  size="sm"
                  style={{ display: 'inline-block', minHeight: 24 }}
                >
                  {name}
                </Anchor>
                {notes.map(note => (
                  <Text key={note} size="xs">
                    {note}
                  </Text>
                ))}
              </List.Item>
            ))}
            {added.length > listed && <List.Item>and {added.length - listed} more</List.Item>}
          </List>
        </Alert>
      )}
      {present.length > 0 && (
        <Alert
          color="gray"
          title={`${counted(present.length)} there already: ${present.map(({ name }) => name).join(', ')}`}
        />
      )}
      {failed.map(({ name, message, hint }) => (
        <Alert key={name} color="red" title={`${name} could not be read`}>
          <Text size="sm">{message}</Text>
          {hint && <Text size="sm">{hint}</Text>}
        </Alert>
      ))}
    </Stack>
  )
}
