/** What is wrong with a text in the editor, each with a button that leads to its line. */
import { Alert, Button, List } from '@mantine/core'
import type { RecipeProblemAt } from '../../../../src/model/api/grow.ts'
import type { YamlEditorHandle } from './yaml-editor.tsx'

interface LineProblemsProps {
  problems: readonly RecipeProblemAt[]
  editor: React.RefObject<YamlEditorHandle | null>
}

/** Shows nothing where nothing is wrong. */
export function LineProblems({ problems, editor }: LineProblemsProps) {
  if (problems.length === 0) return null
  return (
    <Alert color="red" title={problems.length === 1 ? 'One problem' : `${problems.length} problems`}>
      <List size="sm">
        {problems.map(({ line = 1, message }) => (
          <List.Item key={`${line} ${message}`} style={{ overflowWrap: 'anywhere' }}>
            <Button size="compact-xs" variant="default" me={6} onClick={() => editor.current?.goToLine(line)}>
              Line {line}
            </Button>
            {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
