/** What rules of style look at: a sound YAML text with its tokens and nodes. */
import type { Finding } from '../qna-problem.ts'
import type { YamlDocument } from '../yaml/read-yaml.ts'

export interface StyledText extends YamlDocument {
  text: string
}

export type StyleRule = (document: StyledText) => Finding[]
