/** The tree of a taxonomy: which branches to grow, how full each leaf is, and what is wrong with it. */
import { Alert, Code, List, Select, Stack, Text, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useEndpoint } from '../../api/use-endpoint.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { MoreSettings } from './panel-more-settings.tsx'
import type { PanelProps } from './panels.ts'
import styles from './taxonomy.module.css'
import { chosenLeaves, globsOf, type Leaf, targetOf, treeOf } from './taxonomy-branches.ts'
import { TaxonomyLeaf } from './taxonomy-leaf.tsx'
import { TaxonomyTree } from './taxonomy-tree.tsx'

export function TaxonomyPanel(props: PanelProps) {
  const { params, onChange, problems } = props
  const taxonomies = useEndpoint('listTaxonomies', {})
  const folder = typeof params['taxonomy'] === 'string' ? params['taxonomy'] : undefined
  const only = taxonomies.data?.length === 1 ? taxonomies.data[0]!.folder : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the only one becomes known
  useEffect(() => {
    if (folder === undefined && only !== undefined) onChange({ ...params, taxonomy: only })
  }, [only])
  return (
    <Loaded of={taxonomies}>
      {found =>
        found.length === 0 ? (
          <EmptyState title="There is no taxonomy in this workspace.">
            Put its folder, the one that holds <Code>compositional_skills/</Code> or <Code>knowledge/</Code> with their
            qna.yaml files, into the workspace’s folder, and open this page again.
          </EmptyState>
        ) : (
          <Stack gap="lg">
            <Select
              label="Taxonomy"
              description="Folders of the workspace with qna.yaml files in them."
              data={found.map(({ folder, leaves }) => ({
                value: folder,
                label: `${folder === '.' ? 'The workspace’s folder' : folder} (${leaves.toLocaleString('en')} leaves)`,
              }))}
              value={found.some(taxonomy => taxonomy.folder === folder) ? folder! : null}
              onChange={next => {
                const { leaves: _, ...rest } = params
                onChange({ ...rest, taxonomy: next ?? undefined })
              }}
              allowDeselect={false}
              error={problems.find(({ path }) => path === 'taxonomy')?.message}
            />
            {found.some(taxonomy => taxonomy.folder === folder) && <Branches {...props} folder={folder!} />}
            <MoreSettings
              generator="taxonomy"
              params={params}
              onChange={onChange}
              problems={problems}
              hidden={['taxonomy', 'leaves']}
            />
          </Stack>
        )
      }
    </Loaded>
  )
}

function Branches({ project, params, onChange, target, folder }: PanelProps & { folder: string }) {
  const [shown, setShown] = useState<string>()
  const foundational = params['foundational'] === true ? 'true' : 'false'
  const tree = useEndpoint(
    'showTaxonomy',
    { params: { project }, query: { folder, foundational } },
    { refetchIntervalMs: 10_000 },
  )
  const globs = Array.isArray(params['leaves']) ? params['leaves'].map(String) : []
  return (
    <Loaded of={tree}>
      {({ leaves, foundational: notRead }) => {
        const nodes = treeOf(leaves)
        const chosen = chosenLeaves(leaves, globs)
        const leaf = leaves.find(({ path }) => path === shown)
        const choose = (paths: string[], isChosen: boolean) => {
          const next = new Set(isChosen ? [...chosen, ...paths] : [...chosen].filter(path => !paths.includes(path)))
          const { leaves: _, ...rest } = params
          const named = globsOf(nodes, next)
          // No leaf at all cannot be said: an empty list means all of them.
          if (next.size > 0) onChange(named.length === 0 ? rest : { ...rest, leaves: named })
        }
        return (
          <Stack gap="md">
            <Stack gap={4}>
              <Title order={2} size="h5" id="taxonomy-branches">
                Branches to grow
              </Title>
              <Text size="sm" c="dimmed" role="status">
                {summaryOf(leaves, chosen)}
              </Text>
            </Stack>
            <TaxonomyTree
              nodes={nodes}
              chosen={chosen}
              targetOf={path => targetOf(target, path, chosen.size)}
              shown={shown}
              onShow={setShown}
              onChoose={choose}
            />
            <Problems leaves={leaves} onShow={setShown} />
            {notRead.length > 0 && (
              <Text size="xs" c="dimmed">
                {notRead.length.toLocaleString('en')} leaves of foundational_skills/ are not read, as with InstructLab;
                “Foundational” below takes them in.
              </Text>
            )}
            {leaf && <TaxonomyLeaf folder={folder} leaf={leaf} onClose={() => setShown(undefined)} />}
          </Stack>
        )
      }}
    </Loaded>
  )
}

function summaryOf(leaves: readonly Leaf[], chosen: ReadonlySet<string>): string {
  const kept = leaves.reduce((sum, leaf) => sum + (chosen.has(leaf.path) ? leaf.kept : 0), 0)
  const records = `${kept.toLocaleString('en')} ${kept === 1 ? 'record' : 'records'}`
  return `${chosen.size.toLocaleString('en')} of ${leaves.length.toLocaleString('en')} leaves chosen, with ${records} so far.`
}

function Problems({ leaves, onShow }: { leaves: readonly Leaf[]; onShow: (path: string) => void }) {
  const broken = leaves.filter(({ kind }) => kind === undefined)
  if (broken.length === 0) return null
  return (
    <Alert
      color="yellow"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      title={`${broken.length.toLocaleString('en')} cannot be grown until they are mended`}
    >
      <List size="sm">
        {broken.slice(0, 5).map(({ path, problems }) => (
          <List.Item key={path} style={{ overflowWrap: 'anywhere' }}>
            <button type="button" className={styles['link']} onClick={() => onShow(path)}>
              {path}
            </button>
            : {problems[0]?.message}
          </List.Item>
        ))}
      </List>
      {broken.length > 5 && <Text size="sm">… and {(broken.length - 5).toLocaleString('en')} more.</Text>}
    </Alert>
  )
}
