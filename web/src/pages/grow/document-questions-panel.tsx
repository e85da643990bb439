/** Questions from documents: which documents, what kinds of questions, how many. */
import { Stack } from '@mantine/core'
import { DocumentChoice } from './document-choice.tsx'
import type { PanelProps } from './panels.ts'
import { ParamsForm } from './params-form.tsx'

const names = { qaNums: 'Questions', per: 'Of each', types: 'Kinds of questions', judge: 'Judged by a critic' }

export function QuestionsPanel(props: PanelProps) {
  return <DocumentsPanel {...props} kind="document-qa" first={['types', 'qaNums', 'per', 'difficulty', 'judge']} />
}

export function ChoicesPanel(props: PanelProps) {
  return (
    <DocumentsPanel {...props} kind="multiple-choice" first={['qaNums', 'per', 'difficulty', 'judge', 'guessable']} />
  )
}

function DocumentsPanel({
  kind,
  first,
  project,
  params,
  onChange,
  problems,
}: PanelProps & { kind: string; first: string[] }) {
  return (
    <Stack gap="lg">
      <DocumentChoice project={project} params={params} onChange={onChange} problems={problems} />
      <ParamsForm
        kind={kind}
        names={names}
        first={first}
        except={['only', 'text', 'qa_nums'].filter(name => name !== 'qa_nums' || !(name in params))}
        others
        params={params}
        onChange={onChange}
        problems={problems}
      />
    </Stack>
  )
}
