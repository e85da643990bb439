/** The one queue of decisions of this tab, which goes on while one looks at other pages. */
import { notifications } from '@mantine/notifications'
import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { call } from '../../../api/call.ts'
import { refresh } from '../../../api/use-endpoint.ts'
import type { RecordPage, StudioRecord } from '../record-types.ts'
import { type DecideWork, DecisionQueue, type QueueState, type Work } from './decision-queue.ts'
import type { SendFault } from './send-fault.ts'

export interface Review {
  queue: DecisionQueue
  /** What can be taken back, the last at the end. */
  steps: DecideWork[]
  /** Called when the server refuses something. */
  onRefused: (work: Work, fault: SendFault) => void
}

const reviews = new WeakMap<QueryClient, Review>()

export function useReview(): Review {
  const client = useQueryClient()
  return reviews.get(client) ?? openReview(client)
}

/** Draws anew whenever something waits or was stored. */
export function useReviewQueue(): { queue: DecisionQueue; state: QueueState } {
  const { queue } = useReview()
  const state = useSyncExternalStore(queue.subscribe, () => queue.state)
  return { queue, state }
}

/** Hears of what the server refuses, while the page is open. */
export function useRefusals(told: (work: Work, fault: SendFault) => void): void {
  const review = useReview()
  useEffect(() => {
    review.onRefused = told
    return () => {
      review.onRefused = tellAnywhere
    }
  })
}

function openReview(client: QueryClient): Review {
  const queue = new DecisionQueue({
    decide: (project, decisions, seen) => call('decide', { params: { project }, body: { decisions, seen } }),
    undo: (project, sequences) => call('undo', { params: { project }, body: { sequences } }),
    read: record => call('showRecord', { params: { record } }),
    wait: delayMs => new Promise(resolve => setTimeout(resolve, delayMs)),
    onRecords: records => takeRecords(client, records),
    onRefused: (work, fault) => review.onRefused(work, fault),
  })
  const review: Review = { queue, steps: [], onRefused: tellAnywhere }
  reviews.set(client, review)
  addEventListener('beforeunload', event => {
    if (queue.state.unsent > 0) event.preventDefault()
  })
  let counting: ReturnType<typeof setTimeout> | undefined
  queue.subscribe(() => {
    clearTimeout(counting)
    if (queue.state.unsent === 0)
      counting = setTimeout(() => refresh(client, ['recordFacets', 'showProject', 'listProjects']), 800)
  })
  return review
}

/** For whoever went on to another page. */
function tellAnywhere(work: Work, { title, hint }: SendFault): void {
  const what = work.kind === 'undo' ? `Taking back “${work.of.title}”` : work.title
  notifications.show({ color: 'red', title: `${what} was not stored`, message: `${title} ${hint}`, autoClose: false })
}

/** Puts records, as the server has them now, wherever they were read. */
function takeRecords(client: QueryClient, records: StudioRecord[]): void {
  const byId = new Map(records.map(record => [record.id, record]))
  client.setQueriesData<RecordPage>({ queryKey: ['listRecords'] }, page => {
    if (!page?.records.some(({ id }) => byId.has(id))) return page
    return { ...page, records: page.records.map(record => byId.get(record.id) ?? record) }
  })
  for (const record of records) {
    client.setQueryData(['showRecord', { params: { record: record.id } }], record)
    void client.invalidateQueries({ queryKey: ['recordLineage', { params: { record: record.id } }] })
  }
}
