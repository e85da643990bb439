/** How elements become Markdown where the usual way would lose text or add to it. */
import type { FootnoteDefinition, PhrasingContent } from 'mdast'
import type { Options } from 'rehype-remark'
import { table } from './table.ts'
import { isA, isElement, property, textOf } from './tree.ts'

export type Handle = NonNullable<NonNullable<Options['handlers']>[string]>
export type State = Parameters<Handle>[0]

const asFlow: Handle = (state, node) => state.toFlow(state.all(node))

/** Addresses that mean something away from the page stay; of all others, the text. */
const link: Handle = (state, node) => {
  const url = property(node, 'href').trim()
  const children = state.all(node) as PhrasingContent[]
  return /^(https?:\/\/|mailto:)/i.test(url) && textOf(node).trim() !== '' ? { type: 'link', url, children } : children
}

const footnoteReference: Handle = (_, node) => {
  const label = property(node, 'title')
  return { type: 'footnoteReference', identifier: label, label }
}

const footnote: Handle = (state, node) => {
  const label = property(node, 'title')
  const children = state.toFlow(state.all(node)) as FootnoteDefinition['children']
  return { type: 'footnoteDefinition', identifier: label, label, children }
}

const footnoteList: Handle = (state, node) =>
  node.children
    .filter(child => isElement(child))
    .flatMap(child => (isA(child, 'footnote') ? (state.one(child, node) ?? []) : state.toFlow(state.all(child))))

const image: Handle = (_, node) => {
  const value = property(node, 'alt').replace(/\s+/g, ' ').trim()
  return value === '' ? undefined : { type: 'text', value }
}

const paired = (from: string, to: string) =>
  Object.fromEntries([...from].map((character, at) => [character, [...to][at]]))
const superscripts = paired('0123456789+-=()n', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ')
const subscripts = paired('0123456789+-=()', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎')

/** 10<sup>6</sup> is not 106. */
function raised(characters: Record<string, string | undefined>): Handle {
  return (state, node) => {
    const text = node.children.every(child => child.type === 'text') ? textOf(node).replaceAll('−', '-') : ''
    const shifted = [...text].map(character => characters[character])
    return text === '' || shifted.includes(undefined) ? state.all(node) : { type: 'text', value: shifted.join('') }
  }
}

export const handlers: Record<string, Handle> = {
  a: link,
  br: state => (state.inTable ? { type: 'html', value: '<br>' } : { type: 'break' }),
  img: image,
  footnote,
  'footnote-list': footnoteList,
  'footnote-reference': footnoteReference,
  sub: raised(subscripts),
  summary: asFlow,
  sup: raised(superscripts),
  table,
  wbr: () => undefined,
}
