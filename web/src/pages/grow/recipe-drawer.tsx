/** The recipe that a form stands for, as YAML: to copy, to keep as a file, to go on with as text. */
import { Button, Code, CopyButton, Drawer, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconFileCode } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { type Draft, keepRecipeText } from './draft.ts'
import { saveFile } from './save-file.ts'
import { checkOf } from './use-checked-recipe.ts'

interface RecipeDrawerProps {
  project: string
  draft: Draft
  opened: boolean
  onClose: () => void
}

export function RecipeDrawer({ project, draft, opened, onClose }: RecipeDrawerProps) {
  const checked = useEndpoint('checkRecipe', checkOf(draft), { enabled: opened, keepPrevious: true })
  const navigate = useNavigate()
  const file = `${String(draft.recipe['generator'])}.yaml`
  const openAsText = (yaml: string) => {
    keepRecipeText(project, yaml)
    void navigate({ to: '/p/$project/grow/recipe', params: { project } })
  }
  return (
    <Drawer opened={opened} onClose={onClose} title="The equivalent recipe" position="right" size="lg">
      <Loaded of={checked}>
        {({ yaml, problems }) => (
          <Stack gap="sm">
            <Group gap="xs">
              <CopyButton value={yaml}>
                {({ copied, copy }) => (
                  <Button
                    variant="default"
                    size="sm"
                    leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                    onClick={copy}
                  >
                    {copied ? 'Copied' : 'Copy'}
                  </Button>
                )}
              </CopyButton>
              <Button
                variant="default"
                size="sm"
                leftSection={<IconDownload size={16} />}
                onClick={() => saveFile(file, 'application/yaml', yaml)}
              >
                Save as a file
              </Button>
              <Button
                variant="default"
                size="sm"
                leftSection={<IconFileCode size={16} />}
                onClick={() => openAsText(yaml)}
              >
                Open as a recipe
              </Button>
            </Group>
            <Code block className="generated-text" tabIndex={0} aria-label="Recipe as YAML">
              {yaml}
            </Code>
            {problems.length > 0 && (
              <Text size="sm" c="red">
                It cannot be run yet: {problems[0]!.message}
              </Text>
            )}
            <Text size="sm" c="dimmed">
              On the command line: <Code>cultivar run {file}</Code>
            </Text>
          </Stack>
        )}
      </Loaded>
    </Drawer>
  )
}
