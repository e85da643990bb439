/** The head of a card, which Hugging Face reads: what the dataset is for, how large it is, which files it has. */
import { stringify } from 'yaml'
import type { Project } from '../../model/project.ts'
import type { Card } from './card.ts'

/** The file that lies beside the card, or the folder it lies in. */
export interface CardFile {
  name: string
  format: string
  records: number
  /** Of which run, label, split or status it holds records, if not all. */
  only: string[]
  /** Of a folder: its files, by split. */
  splits?: { split: string; path: string }[]
  /** As Hugging Face names it: `cc-by-4.0`. */
  license?: string
  /** ISO 639-1. */
  languages?: string[]
  /** Of a folder: what its columns hold, as `dataset_info` describes it. */
  features?: object[]
}

/** How `datasets` reads what is exported. */
export const loaders: Record<string, (file: string) => string> = {
  jsonl: file => `load_dataset("json", data_files=${file})`,
  json: file => `load_dataset("json", data_files=${file})`,
  'openai-chat': file => `load_dataset("json", data_files=${file})`,
  sharegpt: file => `load_dataset("json", data_files=${file})`,
  alpaca: file => `load_dataset("json", data_files=${file})`,
  csv: file => `load_dataset("csv", data_files=${file})`,
  tsv: file => `load_dataset("csv", data_files=${file}, sep="\\t")`,
}

const taskOf: Partial<Record<Project['kind'], string>> = {
  classification: 'text-classification',
  entities: 'token-classification',
  text: 'text-generation',
}
/** Upper bounds, exclusive, with Hugging Face’s names for them. */
const sizes: [number, string][] = [
  [1e3, 'n<1K'],
  [1e4, '1K<n<10K'],
  [1e5, '10K<n<100K'],
  [1e6, '100K<n<1M'],
  [1e7, '1M<n<10M'],
  [1e8, '10M<n<100M'],
]

export function cardHead(card: Card, file?: CardFile): string {
  const { project, records, columns } = card
  const all = file?.records ?? records.real + records.grown
  const asks = columns.includes('question') && columns.includes('answer')
  const task = asks ? 'question-answering' : taskOf[project.kind]
  const { license, languages = [] } = file ?? {}
  return `---\n${stringify({
    pretty_name: project.name,
    ...(license !== undefined && { license }),
    ...(languages.length > 0 && { language: languages }),
    tags: [...(records.grown > 0 ? ['synthetic'] : []), 'cultivar'],
    ...(task && { task_categories: [task] }),
    size_categories: [sizes.find(([bound]) => all < bound)?.[1] ?? '100M<n<1B'],
    ...configs(file),
    ...(file?.features && { dataset_info: { features: file.features } }),
  })}---`
}

function configs(file: CardFile | undefined): object {
  const files = file?.splits ?? (file && loaders[file.format] ? file.name : '')
  return files.length === 0 ? {} : { configs: [{ config_name: 'default', data_files: files }] }
}
