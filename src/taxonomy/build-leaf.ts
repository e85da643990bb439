/** Makes a leaf of a document that is sound for its schema. */
import type { SeedPair, TaxonomyLeaf, TaxonomySeed } from './leaf.ts'
import type { SchemaName } from './schema/shape.ts'
import { entryOf, type MappingNode, type YamlNode } from './yaml/node.ts'

export function buildLeaf(
  root: MappingNode,
  { path, schema, version }: { path: string; schema: SchemaName; version: number },
): TaxonomyLeaf {
  const document = entryOf(root, 'document')
  const seeds = schema === 'knowledge' ? knowledgeSeeds(root) : skillSeeds(root)
  const grounded = seeds.some(({ context }) => context !== '')
  return {
    path,
    kind: schema === 'knowledge' ? 'knowledge' : grounded ? 'grounded' : 'freeform',
    version,
    createdBy: textAt(root, 'created_by'),
    taskDescription: textAt(root, 'task_description'),
    domain: textAt(root, 'domain'),
    documentOutline: textAt(root, 'document_outline'),
    ...(document?.kind === 'mapping' && {
      document: {
        repo: textAt(document, 'repo'),
        commit: textAt(document, 'commit'),
        patterns: itemsAt(document, 'patterns').map(text),
      },
    }),
    seeds,
  }
}

function skillSeeds(root: MappingNode): TaxonomySeed[] {
  return mappingsAt(root, 'seed_examples').map(seed => ({ context: textAt(seed, 'context'), pairs: [pairOf(seed)] }))
}

function knowledgeSeeds(root: MappingNode): TaxonomySeed[] {
  return mappingsAt(root, 'seed_examples').map(seed => ({
    context: textAt(seed, 'context'),
    pairs: mappingsAt(seed, 'questions_and_answers').map(pairOf),
  }))
}

function pairOf(node: MappingNode): SeedPair {
  return { question: textAt(node, 'question'), answer: textAt(node, 'answer') }
}

/** Items of a list. */
function itemsAt(node: MappingNode, key: string): YamlNode[] {
  const list = entryOf(node, key)
  return list?.kind === 'sequence' ? list.items : []
}

export function mappingsAt(node: MappingNode, key: string): MappingNode[] {
  return itemsAt(node, key).filter(item => item.kind === 'mapping')
}

function textAt(node: MappingNode, key: string): string {
  const value = entryOf(node, key)
  return value ? text(value) : ''
}

function text(node: YamlNode): string {
  return node.kind === 'scalar' && node.type === 'string' ? node.text : ''
}
