/** Tables, from an empty workspace: learned from a file, drawn under a condition, compared, faults put in. */
import { expect, it } from 'vitest'
import { streamText } from '../../src/table-files/stream-text.ts'
import { openDeclaration } from '../../src/tables/declare/open-declaration.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { seriousFaults } from './accessible.ts'
import { type OpenedStudio, openStudio } from './open-studio.ts'

/** Members of a club whom nobody ever met. */
async function members(rows: number, seed: number): Promise<Buffer> {
  const columns = {
    member: { id: 'C#####' },
    age: { distribution: 'triangular', min: 18, mode: 40, max: 90, decimals: 0 },
    sport: { values: { tennis: 5, rowing: 3, chess: 1 } },
    fee: { formula: "40 + age / 3 + if(sport = 'rowing', 25, 0) + normal(0, 4)", decimals: 2 },
    left: { formula: "if(fee > 75, 'yes', 'no')" },
  }
  const { sources } = openDeclaration({ name: 'members', columns }, { rows, seed })
  return Buffer.concat(await Array.fromAsync(streamText(sources[0]!, 'csv'), part => Buffer.from(part)))
}

async function begin(): Promise<OpenedStudio> {
  const studio = await openStudio(temporaryFolder())
  const { page } = studio
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name', { exact: true }).fill('club')
  await page.getByRole('button', { name: 'Make the project' }).press('Enter')
  await page.getByRole('link', { name: 'Tables', exact: true }).press('Enter')
  await page.getByRole('heading', { name: 'Tables', level: 1 }).waitFor()
  return studio
}

async function choose({ page }: OpenedStudio, button: string, name: string, buffer: Buffer): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: button }).press('Enter'),
  ])
  await chooser.setFiles([{ name, mimeType: 'text/csv', buffer }])
}

it('somebody learns a private table, draws from it under a condition, and reads how safe the copy is', async () => {
  const studio = await begin()
  const { page, complaints } = studio
  const real = await members(800, 1)
  await choose(studio, 'Choose files …', 'members.csv', real)
  await page.getByText('members: 5 columns, the first rows').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Learn', exact: true }).press('Enter')

  await page.getByRole('heading', { name: 'members', level: 1 }).waitFor()
  await page.getByRole('row', { name: /^member text new texts of the same pattern/ }).waitFor()
  await page.getByLabel('Only rows of which this is true').fill("sport = 'rowing' and age >")
  await page.getByRole('alert').filter({ hasText: 'expected' }).first().waitFor()
  await page.getByLabel('Only rows of which this is true').fill("sport = 'rowing' and age > 60")
  await expect
    .poll(async () => page.getByRole('table', { name: 'members' }).getByRole('cell', { name: 'rowing' }).count(), {
      timeout: 20_000,
    })
    .toBe(12)
  await page.getByLabel('Rows', { exact: true }).fill('900')
  await page.waitForURL(/rows=900/)
  expect(await seriousFaults(page)).toEqual([])
  await page.getByLabel('Only rows of which this is true').fill('')
  await page.getByRole('button', { name: 'Draw to a file' }).press('Enter')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download members.csv' }).press('Enter'),
  ])
  const drawn = (await Array.fromAsync(await download.createReadStream())).join('')
  expect(drawn.trimEnd().split('\n')).toHaveLength(901)
  await page.getByRole('link', { name: 'Compare with the real table' }).press('Enter')
  await page.getByRole('heading', { name: 'Compare tables' }).waitFor()
  await choose(studio, 'Choose a file …: The real table', 'members.csv', real)
  await choose(studio, 'Choose a file …: Real rows that were not learned from', 'others.csv', await members(500, 2))
  await page.getByText('others.csv').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Compare', exact: true }).press('Enter')
  await page.getByRole('region', { name: 'Verdict' }).waitFor()
  const report = page.frameLocator('iframe[title="Report of the comparison"]')
  await report.getByRole('heading').first().waitFor()
  expect(await seriousFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})

it('somebody puts faults into the readings of a plant, and gets labels and intervals', async () => {
  const studio = await begin()
  const { page, complaints } = studio
  const readings = Array.from(
    { length: 400 },
    (_, at) => `${at};${(20 + Math.sin(at / 9)).toFixed(2).replace('.', ',')}`,
  )
  await page.getByRole('link', { name: 'Put faults in' }).press('Enter')
  await choose(
    studio,
    'Choose a file …: The table of readings',
    'line 3.csv',
    Buffer.from(`minute;temperature\n${readings.join('\n')}\n`),
  )
  await page.getByRole('combobox', { name: 'Sensor' }).fill('temp')
  await page.getByRole('option', { name: 'temperature' }).click()
  await page.getByLabel('How many').fill('2')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Put faults in' }).press('Enter')
  await page.getByRole('heading', { name: 'Faults in line 3.csv' }).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Download .*intervals\.csv/ }).press('Enter'),
  ])
  const intervals = (await Array.fromAsync(await download.createReadStream())).join('').trimEnd().split('\n')
  expect(intervals).toHaveLength(3)
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('link', { name: 'Tables', exact: true }).press('Enter')
  await page.getByRole('link', { name: 'Faults in line 3.csv' }).waitFor()
  expect(complaints).toEqual([])
})

it('somebody declares a table by hand, tries ten rows, and grows it into records', async () => {
  const { page, complaints } = await openStudio(temporaryFolder())
  await page.getByRole('button', { name: 'New project' }).press('Enter')
  await page.getByLabel('Name', { exact: true }).fill('plant')
  await page.getByRole('radio', { name: 'Free fields' }).press('Space')
  await page.getByRole('button', { name: 'Make the project' }).press('Enter')
  await page.getByRole('link', { name: 'Tables', exact: true }).press('Enter')
  await page.getByRole('link', { name: 'Declare a table' }).press('Enter')

  const editor = page.getByRole('textbox', { name: 'Declaration in YAML' })
  const rows = page.getByRole('region', { name: 'The first rows' })
  for (const [example, tables] of [
    ['A table of machines', ['machines']],
    ['Two tables with keys', ['customers', 'orders']],
    ['A series with a fault', ['readings', 'readings_faults']],
    ['One column', ['table']],
  ] as const) {
    await page.getByRole('button', { name: example }).press('Enter')
    for (const table of tables) await rows.getByRole('table', { name: table, exact: true }).waitFor()
    expect(await page.getByRole('button', { name: /^Line / }).count()).toBe(0)
  }
  expect(await seriousFaults(page)).toEqual([])

  await editor.press('ControlOrMeta+A')
  await page.keyboard.insertText(
    ['# Parts that are weighed', 'columns:', '  part: { id: "P-####" }', '  grams: normal(40, 2)', ''].join('\n'),
  )
  await page.keyboard.insertText('  price: { formula: "gram * 0.3", decimals: 2 }')
  await page.getByRole('button', { name: 'Line 5' }).press('Enter')
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+Home')
  await page.keyboard.insertText('price: { formula: "grams * 0.3", decimals: 2 }')
  await rows.getByRole('columnheader', { name: /^price/ }).waitFor()
  expect(await page.getByRole('button', { name: /^Line / }).count()).toBe(0)

  await page.getByRole('combobox', { name: 'How many' }).click()
  await page.getByRole('option', { name: 'In all' }).click()
  await page.getByRole('textbox', { name: 'How many', exact: true }).fill('10')
  await page.getByRole('button', { name: 'Grow', exact: true }).press('Enter')
  await page.getByText('10 of 10 kept').first().waitFor()
  await page.reload()
  expect(await editor.innerText()).toContain('# Parts that are weighed')
  await page.getByRole('textbox', { name: 'How many', exact: true }).fill('40')
  await page.getByText('40, 10 there already').waitFor()
  await page.getByRole('button', { name: 'Grow', exact: true }).press('Enter')
  await page.getByText('40 of 40 kept').first().waitFor()
  expect(await seriousFaults(page)).toEqual([])
  expect(complaints).toEqual([])
})
