/** The first command a newcomer types. */
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-workspace.ts'
import { cultivar, json, launcher } from './command-line.ts'

it('grows a balanced dataset in an empty folder, without key or network, and can be run again', async () => {
  const folder = temporaryFolder()
  const first = await cultivar(folder, ['quickstart'], {
    // What a user has set elsewhere must not matter: nothing could be reached there.
    environment: {
      DATABASE_URL: 'postgres://127.0.0.1:1/none',
      API_ENDPOINT: 'http://127.0.0.1:1/v1',
      // As npx sets it.
      npm_command: 'exec',
    },
  })
  expect(first.stdout).toContain('write “npx cultivar” for “cultivar”')
  expect(first.code, first.stderr).toBe(0)
  for (const part of [
    '40 of 40 kept',
    'asked for',
    'proposed',
    'rejected by unique',
    'surplus',
    'before  now',
    'Next',
    'Before and after',
    'add_abbreviation',
  ])
    expect(first.stdout).toContain(part)
  expect(first.stderr).toContain('Imported 40 seeds (text → text, label → label)')
  const wide = first.stdout.split('\n').filter(line => [...line].length > 80 && !line.includes('.cultivar/runs'))
  expect(wide).toEqual([])

  // The loop closes: what was made brings more than chance would, and clean texts are read as well as before.
  const [, low] = /closed by \d+ % \(95 %: (-?\d+) % to/.exec(first.stdout) ?? []
  expect(Number(low)).toBeGreaterThan(0)
  expect(first.stdout).toContain('it\nheld.')

  const dataset = join(folder, 'cultivar-quickstart', 'dataset.jsonl')
  const records = readFileSync(dataset, 'utf8').trim().split('\n')
  expect(records.filter(record => record.includes('⟦'))).toEqual([])
  const counts: Record<string, number> = {}
  for (const line of records) {
    const { label } = JSON.parse(line)
    counts[label] = (counts[label] ?? 0) + 1
  }
  expect(counts).toEqual({ order_status: 20, return_item: 20, payment_failed: 20, damaged_item: 20 })

  const again = await cultivar(folder, ['quickstart', '--json'])
  expect(again.code, again.stderr).toBe(0)
  expect(json(again)).toMatchObject({ dataset: { records: 80 }, report: { state: 'done', kept: 40 } })
  expect(readFileSync(dataset, 'utf8').trim().split('\n')).toEqual(records)
})

it('is the same command through a link in another folder, as npm install -g makes one', async () => {
  const folder = temporaryFolder()
  const program = join(folder, 'cultivar')
  symlinkSync(launcher, program)
  const ended = await cultivar(folder, ['--help'], { program })
  expect(ended.code, ended.stderr).toBe(0)
  expect(ended.stdout).toContain('cultivar quickstart')
  expect(ended.stderr).toBe('')
})
