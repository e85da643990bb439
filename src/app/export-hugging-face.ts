/** A dataset folder as Hugging Face reads it: a JSONL file a split, and the card as its README. */
import { rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { ExportNotes } from '../formats/export-notes.ts'
import { huggingFaceMembers, tagNames } from '../formats/hugging-face.ts'
import type { LabelSurvey } from '../formats/label-survey.ts'
import { type Split, textOf } from '../model/record.ts'
import { buildCard } from './card/card.ts'
import { cardText } from './card/card-text.ts'
import { surveyFeatures } from './card/dataset-features.ts'
import { languagesOf } from './card/dataset-languages.ts'
import { chosenPart, projectOf } from './card/export-card.ts'
import { type ExportOptions, exportedRecords, exportToFile, surveyExport } from './export-records.ts'
import { makeFolder } from './make-folder.ts'
import type { Workspace } from './workspace.ts'
import { writeTextFile } from './write-text-file.ts'

export interface DatasetFolder {
  folder: string
  records: number
  /** Paths in the folder. */
  files: string[]
  languages: string[]
  /** What the rows could not hold, and what else to know. */
  notes: string[]
}

export interface FolderOptions extends ExportOptions {
  /** The folder; made if it is not there. */
  out: string
  /** As Hugging Face names it, `cc-by-4.0`; default `unknown`. */
  license?: string
  /** ISO 639-1; default: what a sample is in. */
  languages?: string[]
}

const allSplits: Split[] = ['train', 'validation', 'test']
/** Records looked at for their language. */
const sampledForLanguage = 300

/**
 * Rows have named labels; where there are entities, also `tokens` and `ner_tags`, numbers whose names the card tells (BIO, in the order of the
 * project's labels). The card describes all columns, so that labels load as `ClassLabel`.
 *
 * Writes `data/SPLIT-00000-of-00001.jsonl` for each split that has records, and `README.md`. What an earlier export left of a split that is
 * empty now is removed; other files in the folder stay.
 * Throws CultivarError `not-found`, `bad-input`, `storage-full`.
 */
export async function exportHuggingFace(workspace: Workspace, options: FolderOptions): Promise<DatasetFolder> {
  const folder = resolve(options.out)
  const project = await projectOf(workspace, options)
  await makeFolder(join(folder, 'data'))
  const splits: { split: Split; path: string }[] = []
  const survey = await surveyExport(workspace, options)
  const notes = new ExportNotes()
  let records = 0
  for (const split of allSplits) {
    const path = `data/${split}-00000-of-00001.jsonl`
    const out = join(folder, path)
    const isChosen = options.splits?.includes(split) ?? true
    const count = isChosen
      ? (await exportToFile(workspace, { ...options, format: 'hugging-face', splits: [split], survey, notes, out }))
          .records
      : 0
    if (count > 0) splits.push({ split, path })
    else await rm(out, { force: true })
    records += count
  }
  const { license = 'unknown', languages = await sampledLanguages(workspace, project) } = options
  const described = { name: basename(folder), format: 'jsonl', records, only: chosenPart(options) }
  const facts = await buildCard(workspace, project)
  const features = await featuresOf(workspace, options, survey, facts.project.kind === 'classification', notes)
  const card = cardText(facts, { ...described, splits, license, languages, ...(features && { features }) })
  await writeTextFile(join(folder, 'README.md'), card)
  return { folder, records, files: [...splits.map(({ path }) => path), 'README.md'], languages, notes: notes.lines() }
}

/** Undefined, with a note, where a column is of no one kind: then loaders guess. */
async function featuresOf(
  workspace: Workspace,
  options: FolderOptions,
  survey: LabelSurvey,
  hasClasses: boolean,
  notes: ExportNotes,
): Promise<object[] | undefined> {
  const found = surveyFeatures()
  const { notes: _, ...silent } = options
  for await (const record of (await exportedRecords(workspace, options))()) {
    found.observe(huggingFaceMembers(record, { ...silent, survey }))
  }
  const classes: Record<string, string[]> = hasClasses ? { label: survey.labels, labels: survey.labels } : {}
  const described = found.features({ ...classes, ner_tags: tagNames(survey.entities) })
  if ('features' in described) return described.features.length > 0 ? described.features : undefined
  notes.say(
    `The card does not describe the columns, because values of ${described.mixed.join(', ')} are of several kinds: labels load as text.`,
  )
  return undefined
}

function sampledLanguages({ store }: Workspace, project: string): Promise<string[]> {
  async function* texts() {
    for (const real of [true, false]) {
      for await (const record of store.sampleRecords(project, { real }, sampledForLanguage / 2)) yield textOf(record)
    }
  }
  return languagesOf(texts())
}
