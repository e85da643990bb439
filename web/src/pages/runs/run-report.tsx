/** The report of a run as a page: what came of it, how balanced, how varied and how close to real texts, with examples and costs. */
import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { type AnswerOf, addressOf } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { CardSection } from '../../parts/card-section.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { RunNotes } from '../../parts/run-watch-notes.tsx'
import { failureAdvice, shownCount, shownCounts, shownDollars, shownDuration } from '../../parts/run-watch-words.ts'
import { ReportBalance } from './report-balance.tsx'
import { ReportQuality } from './report-quality.tsx'
import { Rows } from './rows.tsx'
import { RunExample } from './run-example.tsx'

type Report = AnswerOf<'runReport'>

export function RunReport({ run }: { run: string }) {
  const report = useEndpoint('runReport', { params: { run } })
  return (
    <Stack>
      <Group gap="xs">
        {(['html', 'json'] as const).map(as => (
          <Button
            key={as}
            component="a"
            href={addressOf('runReportFile', { params: { run }, query: { as } })}
            download
            size="xs"
            variant="default"
          >
            Download as {as.toUpperCase()}
          </Button>
        ))}
      </Group>
      <Loaded of={report}>{found => <Sections report={found} />}</Loaded>
    </Stack>
  )
}

function Sections({ report }: { report: Report }) {
  const { funnel, project, cells, quality, balance, notes, preview, rejects, failures } = report
  const rejected = Object.values(funnel.rejected).reduce((sum, count) => sum + count, 0)
  const short = cells.filter(({ why }) => why !== undefined)
  return (
    <>
      <Text>
        {shownCount(report.kept)} of {shownCounts(report.target, 'record')} kept. {shownCount(funnel.proposed)} proposed
        in {shownCounts(funnel.units - funnel.skipped, 'unit')}: {shownCount(rejected)} rejected,{' '}
        {shownCount(funnel.surplus)} surplus
        {funnel.restored > 0 && `, ${shownCount(funnel.restored)} of these restored by a person`}. It took{' '}
        {shownDuration(report.durationMs)} and {shownDollars(report.spent.nanoUsd)}.
      </Text>
      {notes.length > 0 && (
        <Alert color="blue" title="Worth knowing">
          <RunNotes notes={notes} />
        </Alert>
      )}
      {short.length > 0 && (
        <CardSection size="h5" title="Cells that are short">
          <Rows
            head={['Cell', 'Kept', 'Why']}
            rows={short.map(({ cell, kept, target, why }) => [
              cell,
              `${shownCount(kept)} of ${shownCount(target)}`,
              why ?? '',
            ])}
          />
        </CardSection>
      )}
      {balance.length > 0 && (
        <CardSection size="h5" title="Balance of the project">
          <ReportBalance balance={balance} />
        </CardSection>
      )}
      {quality && <ReportQuality quality={quality} />}
      {preview.length > 0 && (
        <CardSection size="h5" title="Some of what was kept">
          {preview.map(example => (
            <RunExample key={example.id} project={project} record={example} />
          ))}
        </CardSection>
      )}
      {rejects.length > 0 && (
        <CardSection size="h5" title="Some of what was rejected">
          {rejects.map(example => (
            <RunExample
              key={example.id}
              project={project}
              record={example}
              said={`${example.critic}: ${example.reason}`}
            />
          ))}
        </CardSection>
      )}
      {failures.length > 0 && (
        <CardSection size="h5" title="Some of the units that failed">
          <Rows
            head={['Unit', 'Cell', 'What', 'Said']}
            rows={failures.map(({ unit, cell, code, message }) => [
              shownCount(unit),
              cell,
              failureAdvice[code]?.what ?? code,
              message,
            ])}
          />
        </CardSection>
      )}
      <Costs report={report} />
    </>
  )
}

function Costs({ report: { spentByModel, models, egress } }: { report: Report }) {
  return (
    <CardSection size="h5" title="Who was asked, and what it cost">
      {egress && (
        <Text size="sm">
          <Badge component="span" variant="light" tt="none" mr={6}>
            egress {egress.level}
          </Badge>
          {egress.redacted ? 'Personal data was replaced in what was sent.' : 'Nothing was replaced in what was sent.'}
        </Text>
      )}
      {models.length > 0 && (
        <Rows
          head={['Role', 'Provider', 'Model', 'Where']}
          rows={models.map(({ role, provider, model, host, loopback, terms }) => [
            role,
            provider,
            terms === undefined ? model : `${model} (${terms})`,
            host === '' ? 'in this process' : loopback ? `${host}, this machine` : host,
          ])}
        />
      )}
      {spentByModel.length > 0 && (
        <Rows
          head={['Paid to', 'Calls', 'Tokens', 'Cost']}
          rows={spentByModel.map(({ provider, model, calls, tokens, nanoUsd }) => [
            provider === null ? 'never answered' : `${provider} ${model ?? ''}`,
            shownCount(calls),
            shownCount(tokens),
            shownDollars(nanoUsd),
          ])}
        />
      )}
      {models.length === 0 && spentByModel.length === 0 && <Text size="sm">No model was asked.</Text>}
    </CardSection>
  )
}
