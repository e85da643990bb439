/** Who holds a folder. */
import { existsSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/temporary-folder.ts'
import { holdFolder } from './hold-folder.ts'

it('gives it to one at a time, however many come at once, and removes it when it is given back empty', async () => {
  const folder = join(temporaryFolder(), 'held')
  let holders = 0
  let most = 0
  let times = 0
  const come = async (turns: number) => {
    for (let turn = 0; turn < turns; turn++) {
      const giveBack = await holdFolder(folder, () => new Error('held')).catch(error => {
        expect(error.message).toBe('held')
      })
      if (!giveBack) continue
      most = Math.max(most, ++holders)
      times++
      await setTimeout(2)
      holders--
      await giveBack()
    }
  }
  await Promise.all(Array.from({ length: 6 }, () => come(10)))
  expect(most).toBe(1)
  expect(times).toBeGreaterThan(1)
  expect(existsSync(folder)).toBe(false)
})

it('knows that an earlier process of the same id is dead, and does not know it of another machine', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'notes.txt'), 'what keeps the folder')
  const put = (last: string, host: string) => {
    const token = `00000000-0000-4000-8000-00000000000${last}`
    const file = join(folder, `holder-${token}.json`)
    writeFileSync(file, JSON.stringify({ token, pid: process.pid, host, sinceMs: 0 }))
    return file
  }
  const dead = put('1', hostname())
  await (await holdFolder(folder, () => new Error('held')))()
  expect(existsSync(dead)).toBe(false)
  const other = put('2', 'elsewhere.invalid')
  await expect(holdFolder(folder, ({ file, host }) => new Error(`${file} ${host}`))).rejects.toThrow(
    `${other} elsewhere.invalid`,
  )
})
