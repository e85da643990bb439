/** What a person sees of a run while it grows. */
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { emptyTally } from '../model/run.ts'
import type { RunEvent } from '../model/run-event.ts'
import { RunProgress } from './progress.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function progressOn(terminal: { isTTY: boolean; columns?: number; rows?: number }) {
  const stream = Object.assign(new PassThrough(), terminal)
  const progress = new RunProgress(stream as unknown as NodeJS.WriteStream)
  return { progress, written: () => String(stream.read() ?? '') }
}

function at(kept: number, calls: number): RunEvent {
  const tallies = { 'rare\u001b[31m': { ...emptyTally(), candidates: 2 * kept, kept, rejected: { unique: kept } } }
  const spent = { calls, tokens: 1000, nanoUsd: 5e8 }
  return { kind: 'progress', tallies, targets: { 'rare\u001b[31m': 100 }, spent, callsInFlight: 3, unitsOpen: 3 }
}

it('writes plain lines every few seconds where there is no terminal, and none while nothing happens', () => {
  const { progress, written } = progressOn({ isTTY: false })
  progress.observe({ kind: 'opened', run: 'abc', resumed: false, targets: { rare: 100 } })
  progress.observe(at(10, 5))
  vi.advanceTimersByTime(2000)
  progress.observe(at(30, 15))
  vi.advanceTimersByTime(20_000)
  progress.end()
  const lines = written().trim().split('\n')
  expect(lines).toEqual([
    'Growing run abc: 100 records',
    expect.stringMatching(
      /^30 of 100 kept · 60 proposed · 30 rejected · .*15 calls \(5\.0\/s\) · 3 in flight.*about 7\.0 s left$/,
    ),
  ])
})

it('draws within the terminal, obeys no control characters, and leaves nothing behind', () => {
  const { progress, written } = progressOn({ isTTY: true, columns: 40 })
  progress.observe(at(10, 5))
  vi.advanceTimersByTime(150)
  const drawn = written()
  const lines = drawn.trimEnd().split('\n')
  expect(Math.max(...lines.map(line => line.length))).toBeLessThan(40)
  expect(drawn).not.toContain('\u001b')
  expect(lines[0]).toMatch(/rare +█+ +10 of 100/)
  progress.end()
  expect(written()).toBe(`\u001b[${lines.length}A\u001b[0J`)
})

it('says once why a run waits', () => {
  const { progress, written } = progressOn({ isTTY: false })
  for (let i = 0; i < 3; i++) progress.observe({ kind: 'waiting', why: 'Provider “gpt” asked to slow down.' })
  progress.end()
  expect(written()).toBe('Waiting: Provider “gpt” asked to slow down.\n')
})

it.each([
  [40, ['skills/ (12)', '  area_0/ (6)', '    skill_0', '    skill_10', 'knowledge/ (2)', '  birds', '  fish']],
  [12, ['skills/ (12)', '  area_0/ (6)', '  area_1/ (6)', 'knowledge/ (2)', '  birds', '  fish']],
  [7, ['skills/ (12)', 'knowledge/ (2)']],
])('draws leaves as their tree, as far open as %i rows allow', (rows, names) => {
  const leaves = Array.from({ length: 12 }, (_, at) => `skills/area_${at % 2}/skill_${at}`)
  const cells = [...leaves, 'knowledge/birds', 'knowledge/fish']
  const { progress, written } = progressOn({ isTTY: true, columns: 80, rows })
  progress.observe({
    kind: 'progress',
    tallies: Object.fromEntries(cells.map(cell => [cell, { ...emptyTally(), kept: 3 }])),
    targets: Object.fromEntries(cells.map(cell => [cell, 30])),
    spent: { calls: 1, tokens: 2, nanoUsd: 0 },
    callsInFlight: 0,
    unitsOpen: 1,
  })
  vi.advanceTimersByTime(150)
  const lines = written().split('\n')
  progress.end()
  for (const name of names) expect(lines.some(line => line.startsWith(`  ${name} `))).toBe(true)
  expect(lines.find(line => line.includes('skills/ (12)'))).toContain('36 of 360')
  expect(lines.filter(Boolean).length).toBeLessThan(rows)
  expect(lines.some(line => line.includes('skill_0 '))).toBe(rows === 40)
})
