/** The frame of growing with one generator: its settings, how many, what it would cost, the run, and what came out. */
import { Accordion, Box, Button, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCode } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { CriticInfo, GeneratorInfo } from '../../../../src/model/api/grow.ts'
import { isMapping } from '../../form/json-schema.ts'
import { Page } from '../../parts/page.tsx'
import { type CriticEntry, CriticsField, criticsOn } from './critics-field.tsx'
import { useDraft, type Written } from './draft.ts'
import type { GeneratorSearch } from './generator-search.ts'
import frame from './growth-frame.module.css'
import { growthOf } from './growths.ts'
import { LaunchPanel } from './launch-panel.tsx'
import { ParamsPanel } from './params-panel.tsx'
import { RecipeDrawer } from './recipe-drawer.tsx'
import { RunResults } from './run-results.tsx'
import { RunSettings } from './run-settings.tsx'
import { formProblems, problemsBelow, useCheckedRecipe } from './use-checked-recipe.ts'
import { useLaunch } from './use-launch.ts'

interface GrowthFrameProps {
  project: string
  generator: GeneratorInfo
  critics: CriticInfo[]
}

export function GrowthFrame({ project, generator, critics }: GrowthFrameProps) {
  const { kind, summary } = generator
  const search = useSearch({ from: '/shell/p/$project/grow/$generator' })
  // Read when the draft was begun.
  const { params: beginsWith, document, ...others } = search
  const navigate = useNavigate()
  const show = (run: string | undefined) =>
    void navigate({
      to: '/p/$project/grow/$generator',
      params: { project, generator: kind },
      search: { ...others, ...(run !== undefined && { run }) },
      replace: true,
      resetScroll: false,
    })
  const begins = beginsWith !== undefined || document !== undefined
  const [draft, setRecipe] = useDraft(project, kind, () => ({ recipe: beginning(project, kind, search) }), begins)
  // What it began with is in the draft now; a reload is not to begin again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    if (begins) show(search.run)
  }, [])
  const [growing, setGrowing] = useState(false)
  const [recipeOpen, { open: showRecipe, close: hideRecipe }] = useDisclosure(false)
  const { recipe } = draft
  const checked = useCheckedRecipe(project, draft)
  const launch = useLaunch({ ...checked, project, recipe, onStarted: show })
  const problems = formProblems(checked.checked, recipe, launch.attempted)
  const params = isMapping(recipe['params']) ? recipe['params'] : {}
  const listed = Array.isArray(recipe['critics']) ? (recipe['critics'] as CriticEntry[]) : []
  const change = (member: string, value: unknown) =>
    setRecipe(now => {
      const { [member]: _, ...rest } = now
      return value === undefined ? rest : { ...now, [member]: value }
    })
  const growth = growthOf(kind)
  return (
    <Page
      title={growth?.title ?? kind}
      lead={growth?.lead ?? summary}
      actions={
        <Button variant="default" leftSection={<IconCode size={16} />} onClick={showRecipe}>
          Recipe
        </Button>
      }
    >
      <div className={frame.columns}>
        <Stack gap="md" miw={0}>
          <ParamsPanel
            project={project}
            generator={generator}
            params={params}
            onChange={next => change('params', next)}
            problems={problemsBelow(problems, 'params')}
            target={recipe['target']}
            onTarget={target => change('target', target)}
          />
          <Accordion variant="separated" multiple order={2}>
            <Accordion.Item value="critics">
              <Accordion.Control>Critics ({criticsOn(listed, critics, generator)} on)</Accordion.Control>
              <Accordion.Panel>
                <CriticsField
                  project={project}
                  listed={listed}
                  critics={critics}
                  generator={generator}
                  problems={problemsBelow(problems, 'critics')}
                  onChange={next => change('critics', next)}
                />
              </Accordion.Panel>
            </Accordion.Item>
            <Accordion.Item value="settings">
              <Accordion.Control>Budget, seed, tags and pace</Accordion.Control>
              <Accordion.Panel>
                <RunSettings kind={kind} recipe={recipe} problems={problems} onChange={next => setRecipe(() => next)} />
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        </Stack>
        <LaunchPanel
          project={project}
          generator={generator}
          recipe={recipe}
          onChange={change}
          problems={problems}
          checked={checked}
          launch={launch}
          growing={growing}
        />
      </div>
      {search.run !== undefined && (
        <Box component="section" aria-label="Results">
          <RunResults
            key={`${search.run} ${launch.turn}`}
            project={project}
            run={search.run}
            onGrowing={setGrowing}
            onMore={launch.again}
          />
        </Box>
      )}
      <RecipeDrawer project={project} draft={draft} opened={recipeOpen} onClose={hideRecipe} />
    </Page>
  )
}

/** Where neither settings nor documents say how many, a number is to be seen. */
const counted = new Set(['prompt', 'records', 'few-shot', 'paraphrase'])
const usualTarget = 20

function beginning(project: string, kind: string, { params, document }: GeneratorSearch): Written {
  const asksDocuments = kind === 'document-qa' || kind === 'multiple-choice'
  return {
    project,
    generator: kind,
    params: { ...(asksDocuments && document !== undefined && { only: [document] }), ...givenParams(params) },
    ...(counted.has(kind) && { target: usualTarget }),
  }
}

/** Nothing where the address holds no object: the page is there to write them. */
function givenParams(text: string | undefined): Record<string, unknown> {
  try {
    const given: unknown = JSON.parse(text ?? '{}')
    return typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {}
  } catch {
    return {}
  }
}
