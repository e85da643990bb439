/** The tree itself, for eyes, mouse and keyboard: arrows move and open, space chooses, Enter shows a leaf. */
import { Badge, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconChevronDown, IconChevronRight, IconMinus } from '@tabler/icons-react'
import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react'
import styles from './taxonomy.module.css'
import { shownRows, type TreeNode } from './taxonomy-branches.ts'

interface TaxonomyTreeProps {
  nodes: TreeNode[]
  /** Paths of leaves. */
  chosen: ReadonlySet<string>
  targetOf: (path: string) => number | undefined
  /** Path of the leaf that is shown beside. */
  shown: string | undefined
  onShow: (path: string) => void
  onChoose: (leaves: string[], chosen: boolean) => void
}

/** With more leaves than these, only the top is open at first. */
const mostOpen = 60

type State = 'true' | 'false' | 'mixed'

export function TaxonomyTree({ nodes, chosen, targetOf, shown, onShow, onChoose }: TaxonomyTreeProps) {
  const all = nodes.reduce((sum, { leaves }) => sum + leaves.length, 0)
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const opensAtFirst = (path: string) => all <= mostOpen || !path.includes('/')
  const isOpen = (path: string) => opensAtFirst(path) !== turned.has(path)
  const rows = shownRows(nodes, isOpen)
  const [active, setActive] = useState<string>()
  const current = rows.some(({ path }) => path === active) ? active! : rows[0]?.path
  const items = useRef(new Map<string, HTMLElement>())

  const go = (path: string | undefined) => {
    if (path === undefined) return
    setActive(path)
    items.current.get(path)?.focus()
  }
  const turn = (path: string) => {
    const next = new Set(turned)
    if (!next.delete(path)) next.add(path)
    setTurned(next)
  }
  const stateOf = ({ leaves }: TreeNode): State => {
    const count = leaves.filter(({ path }) => chosen.has(path)).length
    return count === 0 ? 'false' : count === leaves.length ? 'true' : 'mixed'
  }
  const toggle = (node: TreeNode) =>
    onChoose(
      node.leaves.map(({ path }) => path),
      stateOf(node) !== 'true',
    )
  const press = (event: KeyboardEvent, node: TreeNode) => {
    const at = rows.findIndex(({ path }) => path === node.path)
    const opens = node.children.length > 0
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(rows[at + 1]?.path),
      ArrowUp: () => go(rows[at - 1]?.path),
      Home: () => go(rows[0]?.path),
      End: () => go(rows.at(-1)?.path),
      ArrowRight: () => (opens && !isOpen(node.path) ? turn(node.path) : go(node.children[0]?.path)),
      ArrowLeft: () => (opens && isOpen(node.path) ? turn(node.path) : go(node.parent)),
      ' ': () => toggle(node),
      Enter: () => (node.leaf ? onShow(node.path) : turn(node.path)),
    }
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  }
  return (
    <div className={styles['tree']} role="tree" aria-labelledby="taxonomy-branches" aria-multiselectable="true">
      {rows.map(node => {
        const { path, name, depth, leaf, children } = node
        const state = stateOf(node)
        const siblings =
          node.parent === undefined ? nodes : (rows.find(row => row.path === node.parent)?.children ?? [])
        return (
          <div
            key={path}
            ref={element => {
              if (element) items.current.set(path, element)
              else items.current.delete(path)
            }}
            role="treeitem"
            aria-level={depth + 1}
            aria-setsize={siblings.length}
            aria-posinset={siblings.indexOf(node) + 1}
            aria-checked={state}
            aria-expanded={children.length > 0 ? isOpen(path) : undefined}
            aria-current={shown === path}
            tabIndex={path === current ? 0 : -1}
            className={styles['row']}
            style={{ '--depth': depth } as CSSProperties}
            onKeyDown={event => press(event, node)}
            onFocus={() => setActive(path)}
            onClick={() => (leaf ? onShow(path) : turn(path))}
          >
            <div className={styles['name']}>
              <span className={styles['arrow']} aria-hidden="true">
                {children.length > 0 && (isOpen(path) ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />)}
              </span>
              <span
                className={styles['box']}
                data-state={state}
                aria-hidden="true"
                onClick={event => {
                  event.stopPropagation()
                  toggle(node)
                }}
              >
                {state === 'true' && <IconCheck size={12} stroke={3} />}
                {state === 'mixed' && <IconMinus size={12} stroke={3} />}
              </span>
              <span>{name}</span>
              {leaf?.kind && (
                <Badge size="xs" variant="default" tt="none" fw={500} style={{ flex: 'none' }}>
                  {leaf.kind}
                </Badge>
              )}
              {leaf && leaf.problems.length > 0 && (
                <Badge
                  size="xs"
                  variant="light"
                  color={leaf.kind ? 'yellow' : 'red'}
                  tt="none"
                  autoContrast={false}
                  c="var(--mantine-color-text)"
                  style={{ flex: 'none' }}
                >
                  {leaf.problems.length.toLocaleString('en')} {leaf.problems.length === 1 ? 'problem' : 'problems'}
                </Badge>
              )}
            </div>
            <Fill node={node} targetOf={targetOf} />
          </div>
        )
      })}
    </div>
  )
}

function Fill({ node, targetOf }: { node: TreeNode; targetOf: (path: string) => number | undefined }) {
  const { kept, target } = fillOf(node, targetOf)
  const share = target ? Math.min(1, kept / target) : 0
  return (
    <div className={styles['fill']}>
      <span>
        {kept.toLocaleString('en')}
        {target !== undefined && ` / ${target.toLocaleString('en')}`}
        <VisuallyHidden component="span"> kept</VisuallyHidden>
      </span>
      <div className={styles['bar']} aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}

function fillOf({ leaves }: TreeNode, targetOf: (path: string) => number | undefined) {
  const targets = leaves.map(({ path }) => targetOf(path))
  const kept = leaves.reduce((sum, leaf) => sum + leaf.kept, 0)
  const target = targets.includes(undefined) ? undefined : targets.reduce<number>((sum, count) => sum + count!, 0)
  return { kept, target }
}
