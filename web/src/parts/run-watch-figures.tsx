/** What a run has spent, how fast it goes, and how long it still takes. */
import { Progress, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RunView } from '../../../src/model/api/run-shapes.ts'
import styles from './run-watch.module.css'
import { type RunTotals, shownCount, shownDollars, shownDuration, shownRate } from './run-watch-words.ts'

export function RunFigures({ view, totals }: { view: RunView; totals: RunTotals }) {
  const { spent, budget, rate, growing, callsInFlight, unitsOpen, createdMs, updatedMs } = view
  const left = totals.target - totals.kept
  return (
    <dl className={styles.figures}>
      <Spent name="Calls" spent={spent.calls} budget={budget.calls} shown={shownCount} />
      <Spent name="Tokens" spent={spent.tokens} budget={budget.tokens} shown={shownCount} />
      <Spent name="Cost" spent={spent.nanoUsd} budget={budget.nanoUsd} shown={shownDollars}>
        {spent.calls > 0 && spent.nanoUsd === 0 && <Aside>no prices stated</Aside>}
      </Spent>
      {growing ? (
        <>
          <Figure name="Rate">
            {rate ? `${shownRate(rate.kept)} kept` : '…'}
            {rate && rate.calls > 0 && <Aside>{shownRate(rate.calls)} calls</Aside>}
          </Figure>
          <Figure name="Time left">
            {rate && rate.kept > 0 && left > 0 ? `about ${shownDuration((1000 * left) / rate.kept)}` : '…'}
          </Figure>
          <Figure name="Under way">
            {shownCount(callsInFlight)} {callsInFlight === 1 ? 'call' : 'calls'} in flight
            <Aside>{shownCount(unitsOpen)} units open</Aside>
          </Figure>
        </>
      ) : (
        <Figure name="From first to last">{shownDuration(updatedMs - createdMs)}</Figure>
      )}
    </dl>
  )
}

interface SpentProps {
  name: string
  spent: number
  budget: number | undefined
  shown: (amount: number) => string
  children?: ReactNode
}

function Spent({ name, spent, budget, shown, children }: SpentProps) {
  return (
    <Figure name={name}>
      {shown(spent)}
      {children}
      {budget !== undefined && (
        <>
          <Aside>of {shown(budget)}</Aside>
          <Progress
            value={budget === 0 ? 100 : (100 * spent) / budget}
            size="xs"
            mt={2}
            aria-label={`${name} of the budget`}
          />
        </>
      )}
    </Figure>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Aside({ children }: { children: ReactNode }) {
  return (
    <Text span size="xs" c="dimmed" display="block">
      {children}
    </Text>
  )
}
