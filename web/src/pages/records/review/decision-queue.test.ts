/** Decisions on their way to a server that comes and goes, and that others use too. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Decision } from '../../../../../src/model/decision.ts'
import type { StudioRecord } from '../record-types.ts'
import { applied, isAsDecided } from './applied.ts'
import { type DecideWork, DecisionQueue, type QueuePorts } from './decision-queue.ts'

it('stores every decision in order, whatever requests and answers are lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ record: fc.nat(2), kind: fc.constantFrom('accept', 'reject', 'reset', 'tag') })),
      fc.array(fc.constantFrom('fine', 'request lost', 'answer lost'), { maxLength: 40 }),
      async (wishes, luck) => {
        const server = fakeServer(3)
        const fates = [...luck]
        server.fate = () => fates.shift() ?? 'fine'
        const { queue, refused } = queueTo(server)
        for (const [i, { record, kind }] of wishes.entries()) {
          const shown = queue.shown(server.record(`r${record}`))
          queue.add(work(shown, kind === 'tag' ? { kind, tag: `t${i}`, record: shown.id } : decision(kind, shown.id)))
        }
        await idle(queue)
        expect(refused).toEqual([])
        expect(queue.state).toEqual({ unsent: 0, waiting: false, conflicts: [] })
        for (const id of ['r0', 'r1', 'r2']) {
          const own = wishes.map((wish, i) => ({ ...wish, i })).filter(({ record }) => `r${record}` === id)
          expect(server.record(id).status).toBe(
            own.reduce((status, { kind }) => statuses[kind as keyof typeof statuses] ?? status, 'pending'),
          )
          expect(server.record(id).tags.toSorted()).toEqual(
            own
              .filter(({ kind }) => kind === 'tag')
              .map(({ i }) => `t${i}`)
              .toSorted(),
          )
        }
      },
    ),
  )
})

it('shows what waits as if it were stored', async () => {
  const server = fakeServer(1)
  const { queue } = queueTo(server)
  const seen = server.record('r0')
  const accept = work(seen, decision('accept', 'r0'))
  queue.add(accept)
  queue.add(work(seen, { kind: 'tag', tag: 'good', record: 'r0' }))
  expect(queue.shown(seen)).toMatchObject({ status: 'accepted', tags: ['good'] })
  queue.add({ kind: 'undo', project: 'p', of: accept })
  expect(queue.shown(seen).status).toBe('pending')
  await idle(queue)
})

it('takes back what was stored, also where the answer to that was lost', async () => {
  for (const fates of [['fine', 'answer lost'], ['answer lost', 'answer lost'], []]) {
    const server = fakeServer(1)
    server.fate = () => (fates.shift() as 'fine') ?? 'fine'
    const { queue, refused } = queueTo(server)
    const accept = work(server.record('r0'), decision('accept', 'r0'))
    queue.add(accept)
    queue.add({ kind: 'undo', project: 'p', of: accept })
    await idle(queue)
    expect(server.record('r0').status).toBe('pending')
    expect(refused).toEqual([])
  }
})

it('stores nothing over what somebody else decided meanwhile: the person chooses', async () => {
  for (const whose of ['theirs', 'mine'] as const) {
    const server = fakeServer(2)
    const { queue } = queueTo(server)
    const [seen, other] = [server.record('r0'), server.record('r1')]
    server.decideAs('anna', [{ kind: 'relabel', labels: ['b'], record: 'r0' }])
    queue.add(work(seen, decision('reject', 'r0')))
    queue.add(work(seen, { kind: 'tag', tag: 'odd', record: 'r0' }))
    queue.add(work(other, decision('accept', 'r1')))
    await idle(queue)
    expect(server.record('r0')).toMatchObject({ status: 'pending', labels: ['b'], tags: [] })
    expect(server.record('r1').status).toBe('accepted')
    const [conflict] = queue.state.conflicts
    expect(conflict).toMatchObject({ record: { labels: ['b'] }, decisions: [{ kind: 'reject' }, { kind: 'tag' }] })
    queue.settle(conflict!, whose)
    await idle(queue)
    expect(queue.state.conflicts).toEqual([])
    const mine = { status: 'rejected', tags: ['odd'] }
    expect(server.record('r0')).toMatchObject({ labels: ['b'], ...(whose === 'mine' ? mine : { status: 'pending' }) })
  }
})

it('of many records decided on together, keeps back only those that were changed meanwhile', async () => {
  const server = fakeServer(3)
  const { queue } = queueTo(server)
  const all = ['r0', 'r1', 'r2'].map(id => server.record(id))
  server.decideAs('anna', [decision('reject', 'r1')])
  queue.add({
    ...work(all[0]!, decision('accept', 'r0')),
    before: all,
    ...seenOf(all),
    decisions: all.map(({ id }) => decision('accept', id)),
  })
  await idle(queue)
  expect(all.map(({ id }) => server.record(id).status)).toEqual(['accepted', 'rejected', 'accepted'])
  expect(queue.state.conflicts.map(({ record }) => record.id)).toEqual(['r1'])
})

it('tells what the server refuses and goes on with the rest', async () => {
  const server = fakeServer(1)
  const { queue, refused } = queueTo(server)
  queue.add(work(server.record('r0'), { kind: 'tag', tag: '', record: 'r0' }))
  queue.add(work(server.record('r0'), decision('accept', 'r0')))
  await idle(queue)
  expect(refused).toEqual(['The tag is empty.'])
  expect(server.record('r0').status).toBe('accepted')
})

const statuses = { accept: 'accepted', reject: 'rejected', reset: 'pending' } as const

function decision(kind: 'accept' | 'reject' | 'reset' | string, record: string): Decision {
  return { kind: kind as 'accept', record }
}

function seenOf(records: StudioRecord[]) {
  return { seen: Object.fromEntries(records.map(({ id, version }) => [id, version])) }
}

function work(record: StudioRecord, one: Decision): DecideWork {
  return { kind: 'decide', project: 'p', decisions: [one], before: [record], title: one.kind, ...seenOf([record]) }
}

function queueTo(server: ReturnType<typeof fakeServer>) {
  const refused: string[] = []
  const ports: QueuePorts = {
    decide: async (_, decisions, seen) => server.answer(() => server.decideAs('me', decisions, seen)),
    undo: async (_, sequences) => server.answer(() => server.undo(sequences)),
    read: async id => server.answer(() => server.record(id)),
    wait: async () => undefined,
    onRecords: () => undefined,
    onRefused: (_, { title }) => refused.push(title),
  }
  return { queue: new DecisionQueue(ports), refused }
}

function idle(queue: DecisionQueue): Promise<void> {
  return new Promise(resolve => {
    const look = () => queue.state.unsent === 0 && setTimeout(resolve)
    queue.subscribe(look)
    look()
  })
}

/** Keeps records as the real one does: versions, and nothing stored over what was not seen. */
function fakeServer(count: number) {
  const records = new Map<string, StudioRecord>(Array.from({ length: count }, (_, i) => [`r${i}`, blank(`r${i}`)]))
  const log: { record: string; before: StudioRecord; undone: boolean }[] = []
  const record = (id: string): StudioRecord => records.get(id)!
  const server = {
    fate: (): 'fine' | 'request lost' | 'answer lost' => 'fine',
    record,

    async answer<T>(act: () => T): Promise<T> {
      const fate = server.fate()
      if (fate === 'request lost') throw { problem: { status: 0, code: 'unreachable', details: {} } }
      const answer = act()
      if (fate === 'answer lost') throw { problem: { status: 0, code: 'unreachable', details: {} } }
      return structuredClone(answer)
    },

    decideAs(_who: string, decisions: Decision[], seen: Record<string, number> = {}) {
      const changed = Object.entries(seen).filter(([id, version]) => record(id).version > version)
      if (changed.length > 0) {
        const now = changed.map(([id]) => record(id))
        throw {
          problem: { status: 409, code: 'record-changed', title: 'Changed.', hint: '', details: { records: now } },
        }
      }
      if (decisions.some(one => one.kind === 'tag' && one.tag === ''))
        throw { problem: { status: 400, code: 'bad-input', title: 'The tag is empty.', hint: '', details: {} } }
      const first = log.length + 1
      for (const one of decisions) {
        const before = record(one.record)
        if (isAsDecided(before, one)) continue
        log.push({ record: one.record, before, undone: false })
        records.set(one.record, { ...applied(before, one), version: log.length })
      }
      const none = log.length < first
      return {
        first: none ? null : first,
        last: none ? null : log.length,
        records: decisions.map(one => record(one.record)),
      }
    },

    undo(sequences: number[]) {
      const taken = sequences.map(sequence => log[sequence - 1]!)
      if (taken.some(({ undone }) => undone))
        throw { problem: { status: 400, code: 'bad-input', title: 'Taken back already.', hint: '', details: {} } }
      for (const entry of taken) {
        entry.undone = true
        log.push({ record: entry.record, before: record(entry.record), undone: false })
        records.set(entry.record, { ...entry.before, version: log.length })
      }
      return { records: taken.map(entry => record(entry.record)) }
    },
  }
  return server
}

function blank(id: string): StudioRecord {
  return {
    ...{ id, project: 'p', position: 0, outcome: 'imported', status: 'pending', split: 'train', cell: '', version: 0 },
    ...{
      fields: { text: id },
      labels: ['a'],
      spans: [],
      tags: [],
      verdicts: [],
      run: null,
      source: null,
      createdMs: 0,
    },
  }
}
