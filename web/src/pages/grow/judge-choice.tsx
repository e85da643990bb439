/** Which provider judges, where it need not be the teacher. */
import { Select } from '@mantine/core'
import { useProjectProviders } from '../../parts/use-project-providers.ts'

interface JudgeChoiceProps {
  project: string
  label: string
  /** As the recipe has it. */
  value: unknown
  onChange: (provider: string | undefined) => void
}

export function JudgeChoice({ project, label, value, onChange }: JudgeChoiceProps) {
  const { providers } = useProjectProviders(project)
  const names = providers.map(({ provider }) => provider.name)
  const chosen = typeof value === 'string' ? value : undefined
  return (
    <Select
      label={label}
      placeholder="The teacher"
      data={chosen === undefined || names.includes(chosen) ? names : [...names, chosen]}
      value={chosen ?? null}
      clearable
      onChange={next => onChange(next ?? undefined)}
    />
  )
}
