/** The parts of the Records page put together: filters, list, panel, keys and what is said. */
import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Decision } from '../../../../src/model/decision.ts'
import { refresh, useEndpoint } from '../../api/use-endpoint.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { decisionsOf } from '../../parts/record-changes.ts'
import { useLabelColours } from '../../parts/use-label-colours.ts'
import { useProjectLabels } from '../../parts/use-project-labels.ts'
import { BulkBar, type BulkDecision } from './bulk/bulk-bar.tsx'
import { useBulkJob } from './bulk/use-bulk-job.tsx'
import { FilterBar } from './filters/filter-bar.tsx'
import { RecordList } from './list/record-list.tsx'
import { cachedRecord, loadRecord } from './list/record-pages.ts'
import { useRecordCount } from './list/use-record-list.ts'
import { ListActions } from './list-actions.tsx'
import { NoRecords } from './no-records.tsx'
import { type PanelActions, RecordPanel } from './panel/record-panel.tsx'
import { filterOf, type RecordSearch } from './record-search.ts'
import type { RecordFilter, StudioRecord } from './record-types.ts'
import styles from './records.module.css'
import { Conflicts } from './review/conflicts.tsx'
import { KeysSheet } from './review/keys-sheet.tsx'
import { ReviewStatus } from './review/review-status.tsx'
import { TagDialog } from './review/tag-dialog.tsx'
import { useDecide } from './review/use-decide.ts'
import { doneWords, useRecordKeys } from './review/use-record-keys.ts'
import { useCurrentRecord } from './use-current-record.ts'
import { useCursor } from './use-cursor.ts'
import { useListHeight } from './use-list-height.ts'
import { useSelection } from './use-selection.ts'

export function RecordsView({ project, search }: { project: string; search: RecordSearch }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [turn, setTurn] = useState(0)
  const filterKey = JSON.stringify(filterOf(search))
  // Made anew only where it says something else; what was read for it before is forgotten, since decisions may have changed what fits.
  const filter = useMemo(() => {
    client.removeQueries({ queryKey: ['listRecords', project] })
    client.removeQueries({ queryKey: ['countRecords', project] })
    return { turn, value: JSON.parse(filterKey) as RecordFilter }
  }, [client, project, filterKey, turn]).value
  const recordAt = useCallback((at: number) => cachedRecord(client, project, filter, at), [client, project, filter])
  const idOf = useCallback((at: number) => recordAt(at)?.id, [recordAt])
  const load = useCallback((at: number) => loadRecord(client, project, filter, at), [client, project, filter])
  const { cursor, now, move } = useCursor(search, idOf)
  const counted = useRecordCount(project, filter)
  const [count, setCount] = useState(0)
  const current = useCurrentRecord(project, filter, cursor, now)
  const { kind, labels, closed } = useProjectLabels(project)
  const colours = useLabelColours(project)
  const isEntities = kind === 'entities'
  const facets = useEndpoint('recordFacets', { params: { project } })
  const tags = facets.data?.tags.map(({ name }) => name) ?? []
  const { selection, toggle, add, clear, selectAll } = useSelection(recordAt, load)
  const reviewing = useDecide(project)
  const { decide, queue } = reviewing
  const [tagging, setTagging] = useState<StudioRecord>()
  const [editing, setEditing] = useState<StudioRecord>()
  const [helping, setHelping] = useState(false)
  const [filtering, setFiltering] = useState(false)
  const grid = useRef<HTMLDivElement>(null)
  const searchBox = useRef<HTMLInputElement>(null)
  const layout = useRef<HTMLDivElement>(null)
  useListHeight(layout)
  const isNarrow = useMediaQuery('(max-width: 68em)', false, { getInitialValueInEffect: false })
  const isEdited = editing !== undefined && editing.id === current.record?.id
  /** As it is with what waits to be stored. */
  const shown = () => current.record && queue.shown(current.record)

  const again = useCallback(() => {
    clear()
    setTurn(before => before + 1)
    void refresh(client, ['recordFacets', 'showProject'])
  }, [clear, client])
  const help = useCallback(() => setHelping(true), [])
  const bulk = useBulkJob(project, again)
  const change = useCallback(
    (part: { [K in keyof RecordFilter]?: RecordFilter[K] | undefined }) => {
      clear()
      move({ at: 0, open: false })
      const next = { ...filter, ...part } as RecordSearch
      void navigate({ to: '/p/$project/records', params: { project }, search: next, replace: true })
    },
    [clear, move, filter, navigate, project],
  )
  const clearFilters = useCallback(() => {
    change(Object.fromEntries(Object.keys(filter).map(name => [name, undefined])))
  }, [change, filter])
  const focusList = () => grid.current?.focus({ preventScroll: true })
  const close = () => {
    setEditing(undefined)
    move({ at: now.current.at, open: false })
    requestAnimationFrame(focusList)
  }
  const edit = (record: StudioRecord) => {
    setEditing(record)
    move({ ...now.current, open: true })
  }
  const one = (record: StudioRecord | undefined, of: (id: string) => Decision[], did: string) => {
    if (record) decide([record], ({ id }) => of(id), did, cursor.at)
  }
  const tagOne = (record: StudioRecord, tag: string) => {
    const has = record.tags.includes(tag)
    one(
      record,
      id => [{ kind: has ? 'untag' : 'tag', record: id, tag }],
      has ? `Untagged “${tag}”:` : `Tagged “${tag}”:`,
    )
  }
  const decideSelected = (decision: BulkDecision, did: string) => {
    if (selection.all) return bulk.start(filter, decision)
    const known = new Map(
      client
        .getQueriesData<{ records: StudioRecord[] }>({ queryKey: ['listRecords', project] })
        .flatMap(([, page]) => page?.records ?? [])
        .map(record => [record.id, record]),
    )
    const records = [...selection.records.values()].map(record => queue.shown(known.get(record.id) ?? record))
    decide(records, ({ id }) => [{ ...decision, record: id }], did)
    clear()
  }
  const actions: PanelActions = {
    accept: () => one(shown(), id => [{ kind: 'accept', record: id }], doneWords.accept),
    reject: () => one(shown(), id => [{ kind: 'reject', record: id }], doneWords.reject),
    reset: () => one(shown(), id => [{ kind: 'reset', record: id }], doneWords.reset),
    tag: () => setTagging(shown()),
    untag: tag => {
      const record = shown()
      if (record) tagOne(record, tag)
    },
    edit: () => {
      const record = shown()
      if (record) edit(record)
    },
    save: (base, changes) => {
      one(base, id => decisionsOf(id, changes), 'Changed')
      if (isEdited) {
        setEditing(undefined)
        requestAnimationFrame(focusList)
      }
    },
    cancel: () => {
      setEditing(undefined)
      requestAnimationFrame(focusList)
    },
    close,
  }
  useRecordKeys({
    ...{ now, move, count, current: current.read, reviewing, labels, isEntities, select: { toggle, add } },
    onTag: setTagging,
    onEdit: edit,
    onSearch: () => searchBox.current?.focus(),
    onFilter: () => setFiltering(true),
    onHelp: help,
    onLeave: () => (now.current.open ? close() : clear()),
  })
  const open = useCallback(
    (at: number) => {
      move({ at, open: true })
      setEditing(undefined)
    },
    [move],
  )
  const selectedCount = selection.all ? (counted.data?.count ?? count) : selection.records.size
  const panel = cursor.open && (
    <>
      <ProblemNotice error={current.error} />
      {current.record && (
        <RecordPanel
          {...{ project, isEntities, labels, colours, actions, record: current.record, open: !closed }}
          editing={isEdited ? editing : undefined}
        />
      )}
    </>
  )
  const isEmpty = counted.data?.exact && counted.data.count === 0
  return (
    <Page
      title="Records"
      wide
      actions={<ListActions project={project} onAgain={again} onHelp={help} />}
      lead={counted.data && <Count filtered={filterKey !== '{}'} {...counted.data} />}
    >
      <FilterBar
        {...{ project, filter, searchBox }}
        onChange={change}
        onClear={clearFilters}
        opened={filtering}
        onOpened={setFiltering}
      />
      <ProblemNotice error={counted.error} />
      <Conflicts />
      {bulk.notice}
      {selectedCount > 0 && (
        <BulkBar
          {...{ labels, closed, tags, isEntities, isBusy: bulk.isBusy, count: selectedCount, all: selection.all }}
          matching={counted.data?.exact ? counted.data.count : undefined}
          onDecide={decideSelected}
          onAll={selectAll}
          onClear={clear}
        />
      )}
      <ReviewStatus said={reviewing.said} />
      {isEmpty ? (
        <NoRecords project={project} filtered={filterKey !== '{}'} onClear={clearFilters} />
      ) : (
        <div className={styles.layout} ref={layout}>
          <RecordList
            key={`${filterKey} ${turn}`}
            {...{ project, filter, grid, colours, open }}
            at={cursor.at}
            counted={counted.data}
            selected={selection.records}
            allSelected={selection.all}
            onOpen={open}
            onSelect={toggle}
            onSelectAll={all => (all ? selectAll() : clear())}
            onCount={setCount}
          />
          {panel && !isNarrow && (
            <section className={styles.panel} aria-label="Record">
              {panel}
            </section>
          )}
        </div>
      )}
      {isNarrow && (
        <Drawer
          opened={cursor.open}
          onClose={close}
          position="right"
          size="100%"
          withCloseButton={false}
          attributes={{ content: { 'aria-label': 'Record' } }}
          closeOnEscape={false}
          returnFocus={false}
        >
          {panel}
        </Drawer>
      )}
      {tagging && (
        <TagDialog
          title="Tag the record"
          known={tags}
          present={tagging.tags}
          onTag={tag => tagOne(tagging, tag)}
          onClose={() => {
            setTagging(undefined)
            requestAnimationFrame(focusList)
          }}
        />
      )}
      <KeysSheet opened={helping} onClose={() => setHelping(false)} />
    </Page>
  )
}

function Count({ count, exact, filtered }: { count: number; exact: boolean; filtered: boolean }) {
  const number = count.toLocaleString('en')
  const noun = count === 1 ? 'record' : 'records'
  if (!exact) return <>{number} found so far …</>
  return filtered ? `${number} ${noun} match` : `${number} ${noun}`
}
