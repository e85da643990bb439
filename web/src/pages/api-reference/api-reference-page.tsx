/** The HTTP API as its OpenAPI document describes it, endpoint by endpoint. */
import { Accordion, Anchor, Badge, Code, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProblemError } from '../../api/call.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { shapeText } from './shape-text.ts'

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  'x-role': string
  parameters: { name: string; in: string; required: boolean; description?: string; schema: unknown }[]
  requestBody?: { content: Record<string, { schema?: unknown }> }
  responses: Record<string, { description: string; content?: Record<string, { schema?: unknown }> }>
}

interface Listed extends Operation {
  method: string
  path: string
}

export function ApiReferencePage() {
  const document = useQuery<Listed[], ProblemError>({
    queryKey: ['openapi'],
    queryFn: async () => listed(await (await fetch('/api/openapi.json')).json()),
  })
  const [search, setSearch] = useState('')
  return (
    <Page
      title="API"
      lead={
        <>
          What the studio does, a program can do too, signed in by the studio’s cookie. The whole description:{' '}
          <Anchor href="/api/openapi.json" target="_blank" rel="noreferrer">
            /api/openapi.json
          </Anchor>{' '}
          (OpenAPI 3.1). Problems are application/problem+json with a code, a hint and the members at fault.
        </>
      }
    >
      <TextInput
        label="Search"
        placeholder="decisions"
        value={search}
        onChange={event => setSearch(event.currentTarget.value)}
      />
      <Loaded of={document}>{operations => <Operations operations={matching(operations, search)} />}</Loaded>
    </Page>
  )
}

function Operations({ operations }: { operations: Listed[] }) {
  if (operations.length === 0) return <EmptyState title="Nothing is called that." />
  return (
    <Stack gap="lg">
      {[...Map.groupBy(operations, ({ tags }) => tags[0] ?? '')].map(([area, some]) => (
        <section key={area} aria-label={area}>
          <Title order={2} size="h5" mb="xs">
            {area}
          </Title>
          <Accordion variant="separated" order={3}>
            {some.map(operation => (
              <Accordion.Item key={operation.operationId} value={operation.operationId}>
                <Accordion.Control>
                  <Group gap="sm" wrap="wrap">
                    <Badge variant="light" miw={64}>
                      {operation.method}
                    </Badge>
                    <Code style={{ overflowWrap: 'anywhere' }}>{operation.path}</Code>
                    <Text size="sm" c="dimmed">
                      {operation.summary}
                    </Text>
                  </Group>
                </Accordion.Control>
                <Accordion.Panel>
                  <OperationDetails operation={operation} />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        </section>
      ))}
    </Stack>
  )
}

function OperationDetails({ operation }: { operation: Listed }) {
  const { parameters, requestBody, responses } = operation
  const body = requestBody && Object.entries(requestBody.content)[0]
  return (
    <Stack gap="sm">
      <Text size="sm">
        Takes the role {operation['x-role']}. Name: <Code>{operation.operationId}</Code>
      </Text>
      {parameters.length > 0 && (
        <Table.ScrollContainer minWidth={420}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Parameter</Table.Th>
                <Table.Th>In</Table.Th>
                <Table.Th>What</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {parameters.map(parameter => (
                <Table.Tr key={parameter.name}>
                  <Table.Td>
                    <Code>{parameter.name}</Code>
                    {parameter.required ? '' : ' (optional)'}
                  </Table.Td>
                  <Table.Td>{parameter.in}</Table.Td>
                  <Table.Td>
                    {parameter.description} <Code>{shapeText(parameter.schema)}</Code>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {body && <Shape title={`Body: ${body[0]}`} schema={body[1].schema} />}
      {Object.entries(responses).map(([status, { description, content }]) => {
        const answer = content && Object.entries(content)[0]
        return status.startsWith('2') && answer ? (
          <Shape key={status} title={`${status}: ${description}, ${answer[0]}`} schema={answer[1].schema} />
        ) : (
          <Text key={status} size="sm">
            {status}: {description}
          </Text>
        )
      })}
    </Stack>
  )
}

function Shape({ title, schema }: { title: string; schema: unknown }) {
  return (
    <div>
      <Text size="sm">{title}</Text>
      {schema !== undefined && (
        <Code block tabIndex={0} mah={320} style={{ overflow: 'auto' }}>
          {shapeText(schema)}
        </Code>
      )}
    </div>
  )
}

function listed(document: { paths: Record<string, Record<string, Operation>> }): Listed[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  )
}

function matching(operations: Listed[], search: string): Listed[] {
  const wanted = search.trim().toLowerCase()
  return operations.filter(({ path, summary, operationId }) =>
    `${path} ${summary} ${operationId}`.toLowerCase().includes(wanted),
  )
}
