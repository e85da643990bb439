/** A review from the first key to the last: each decision is stored before the next record is shown. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { allOf } from '../../test/all-of.ts'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { decide } from '../app/decide.ts'
import { importRecords } from '../app/import-records.ts'
import { createProject } from '../app/projects.ts'
import type { Key } from './line-input.ts'
import { openReview } from './review-session.ts'

const texts = ['one', 'two', 'three', 'four']

async function reviewOf(labels = ['good', 'bad']) {
  const workspace = await temporaryWorkspace()
  const project = await createProject(workspace, { name: 'support', labels })
  const file = join(temporaryFolder(), 'a.csv')
  const bring = async (texts: string[]) => {
    writeFileSync(file, `text,label\n${texts.map(text => `${text},good\n`).join('')}`)
    await importRecords(workspace, { project: 'support', file })
  }
  await bring(texts)
  const session = await openReview(workspace, project, { statuses: ['pending'] }, 'ada')
  const named = ['return', 'escape', 'backspace']
  const key = (name: string): Key => ({ name, text: named.includes(name) ? '' : name, ctrl: false, alt: false })
  return {
    ...{ workspace, session, bring },
    press: async (...keys: string[]) => {
      for (const each of keys) await session.press(key(each))
      return session.state
    },
    records: () => allOf(workspace.store.streamRecords('support')),
    shown: () => session.state.record?.fields['text'],
  }
}

it('stores what was decided before it shows the next', async () => {
  const { press, records, shown, session } = await reviewOf()
  expect([shown(), session.state.at, session.state.total]).toEqual(['one', 0, 4])
  await press('a')
  expect(shown()).toBe('two')
  expect((await records()).map(({ status }) => status)).toEqual(['accepted', 'pending', 'pending', 'pending'])
  await press('r', 's', 'e', '!', 'return')
  expect(shown()).toBe('four!')
  await press('l', '2', 't', ...'odd', 'return')
  expect(
    (await records()).map(({ status, fields, labels, tags }) => [status, fields['text'], labels[0], tags]),
  ).toEqual([
    ['accepted', 'one', 'good', []],
    ['rejected', 'two', 'good', []],
    ['pending', 'three', 'good', []],
    ['pending', 'four!', 'bad', ['odd']],
  ])
  expect(session.summary).toMatchObject({ who: 'ada', decided: { accept: 1, reject: 1, edit: 1, relabel: 1, tag: 1 } })
})

it('takes back what it decided, one after another, and shows what it was about', async () => {
  const { press, records, shown, session } = await reviewOf()
  await press('a', 'r', 's', 'u')
  expect(shown()).toBe('two')
  await press('u')
  expect(shown()).toBe('one')
  expect((await records()).every(({ status }) => status === 'pending')).toBe(true)
  expect((await press('u')).notice).toMatch(/Nothing was decided/)
  expect(session.summary.decided).toEqual({ accept: 0, reject: 0 })
})

it('keeps what was typed where it cannot be stored, and says why', async () => {
  const { press, records, session } = await reviewOf()
  const state = await press('l', ...'goood', 'return')
  expect(state.notice).toMatch(/did you mean “good”/)
  expect(state.mode).toMatchObject({ kind: 'label', line: { text: 'goood' } })
  await press(...Array(5).fill('backspace'), ...'bad', 'return')
  expect(session.state.mode.kind).toBe('record')
  expect((await records())[0]!.labels).toEqual(['bad'])
})

it('goes on where somebody else decided since', async () => {
  const { press, workspace, records, session } = await reviewOf()
  await press('a', 'a')
  const [first, second] = await records()
  await decide(workspace, 'support', [{ kind: 'reject', record: second!.id }], 'bo')
  expect((await press('u')).notice).toMatch(/decided on since/)
  await press('u')
  expect(session.state.record?.id).toBe(first!.id)
  expect((await records()).map(({ status }) => status)).toEqual(['pending', 'rejected', 'pending', 'pending'])
})

it('shows records that came meanwhile once the last one was seen', async () => {
  const { press, bring, shown } = await reviewOf()
  await press('s', 's', 's')
  await bring(['five'])
  await press('a')
  expect(shown()).toBe('five')
  await press('a')
  expect(shown()).toBeUndefined()
  await bring(['six'])
  await press('s')
  expect(shown()).toBe('six')
  await press('b')
  expect(shown()).toBe('five')
})

it('offers the labels in use where the list is open', async () => {
  const { press, records, session } = await reviewOf([])
  expect(session.state.labels).toEqual(['good'])
  await press('l', ...'new one', 'return')
  expect((await records())[0]!.labels).toEqual(['new one'])
})
