/** Files that were brought together: each imported in turn, or laid out as a dataset folder of Hugging Face where a README.md describes them. */
import { copyFile, link, mkdtemp, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CultivarError } from '../model/error.ts'
import { type ImportOptions, type ImportReport, importRecords, joinedReport } from './import-records.ts'
import { makeFolder } from './make-folder.ts'
import type { Workspace } from './workspace.ts'

/** What `importRecords` is to be given: the files, or the one folder that they make. Folders are made beside the first file's own. */
export async function arrangeFiles(files: string[], format?: string): Promise<string[]> {
  const card = files.find(file => basename(file) === 'README.md')
  if (files.length < 2 || (card === undefined && format !== 'hugging-face')) return files
  const folder = await mkdtemp(join(dirname(dirname(files[0]!)), 'together-'))
  // A browser says the name of a file, not where it lay; the card says it.
  const inData = card !== undefined && /path:\s*["']?(\.\/)?data\//.test(await readFile(card, 'utf8'))
  if (inData) await makeFolder(join(folder, 'data'))
  for (const file of files) {
    const place = join(folder, inData && file !== card ? 'data' : '', basename(file))
    await link(file, place).catch(() => copyFile(file, place))
  }
  return [folder]
}

/** As `importRecords` of each; the bad rows name their file where there are several. */
export async function importFiles(
  workspace: Workspace,
  { files, observe, ...options }: Omit<ImportOptions, 'file'> & { files: string[] },
): Promise<ImportReport> {
  if (files.length === 0) throw new CultivarError('bad-input', 'There is no file to import.', 'Choose one.')
  const arranged = await arrangeFiles(files, options.format)
  const reports: [string, ImportReport][] = []
  const before = { rows: 0, added: 0, bytes: 0 }
  for (const file of arranged) {
    const report = await importRecords(workspace, {
      ...options,
      file,
      ...(observe && {
        observe: ({ rows, added, bytes }) =>
          observe({ rows: before.rows + rows, added: before.added + added, bytes: before.bytes + bytes }),
      }),
    })
    before.rows += report.added + report.skipped + report.badRows
    before.added += report.added
    before.bytes += (await stat(file)).size
    reports.push([basename(file), report])
  }
  return reports.length === 1 ? reports[0]![1] : joinedReport(reports)
}
