/** An editor for recipes in YAML, with problems at their lines and what may stand where as completions. Loaded when it is opened. */

import { yaml } from '@codemirror/lang-yaml'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { Decoration, type DecorationSet, MatchDecorator, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { basicSetup, EditorView } from 'codemirror'
import { useEffect, useImperativeHandle, useRef } from 'react'
import type { RecipeProblemAt } from '../../../../src/model/api/grow.ts'
import type { Schema } from '../../form/json-schema.ts'
import { recipeCompletions } from './recipe-completions.ts'

export interface YamlEditorHandle {
  /** Puts the cursor at the beginning of a line, from 1. */
  goToLine(line: number): void
}

interface YamlEditorProps {
  label: string
  value: string
  onChange: (value: string) => void
  problems: readonly RecipeProblemAt[]
  /** Of the recipe; no completions without it. */
  schema: Schema | undefined
  handle: React.Ref<YamlEditorHandle>
}

export default function YamlEditor({ label, value, onChange, problems, schema, handle }: YamlEditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  // What the editor was made with once asks for what holds now.
  const now = useRef({ onChange, schema })
  now.current = { onChange, schema }
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes is told below
  useEffect(() => {
    const editor = new EditorView({
      parent: place.current!,
      doc: value,
      extensions: [
        basicSetup,
        yaml(),
        lintGutter(),
        marks,
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
        EditorState.languageData.of(() => [{ autocomplete: recipeCompletions(() => now.current.schema) }]),
        EditorView.updateListener.of(update => {
          if (update.docChanged) now.current.onChange(update.state.doc.toString())
        }),
      ],
    })
    view.current = editor
    return () => editor.destroy()
  }, [])
  useEffect(() => {
    const editor = view.current!
    const length = editor.state.doc.length
    if (editor.state.doc.toString() !== value) editor.dispatch({ changes: { from: 0, to: length, insert: value } })
  }, [value])
  useEffect(() => {
    const { state } = view.current!
    view.current!.dispatch(setDiagnostics(state, diagnosticsOf(state, problems)))
  }, [problems])
  useImperativeHandle(handle, () => ({
    goToLine(line) {
      const editor = view.current!
      const { from } = editor.state.doc.line(Math.min(line, editor.state.doc.lines))
      editor.dispatch({ selection: { anchor: from }, scrollIntoView: true })
      editor.focus()
    },
  }))
  return <div ref={place} />
}

function diagnosticsOf({ doc }: EditorState, problems: readonly RecipeProblemAt[]): Diagnostic[] {
  return problems.flatMap(({ line = 1, column = 1, message }) => {
    if (line > doc.lines) return []
    const { from: start, to } = doc.line(line)
    const from = Math.min(start + column - 1, to)
    return [{ from, to, severity: 'error', message }]
  })
}

const markKinds: Record<string, string> = { key: 'studio-key', comment: 'studio-comment' }
const matcher = new MatchDecorator({
  regexp: /(?<key>(?<=^[\s-]*)[\w.-]+(?=:(\s|$)))|(?<comment>(?<=^|\s)#.*$)/g,
  decoration: ({ groups = {} }) =>
    Decoration.mark({ class: markKinds[groups['key'] === undefined ? 'comment' : 'key']! }),
})

/** Keys and comments, in colours that fit light and dark pages. */
const marks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view)
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations)
    }
  },
  { decorations: plugin => plugin.decorations },
)

const theme = EditorView.theme({
  '&': {
    fontSize: '0.875rem',
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: 'var(--mantine-radius-md)',
  },
  '&.cm-focused': { outline: '2px solid var(--mantine-primary-color-filled)' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', minHeight: '20rem' },
  '.cm-content': { caretColor: 'var(--mantine-color-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-dimmed)',
    borderRight: '1px solid var(--mantine-color-default-border)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--mantine-color-default-hover)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--mantine-primary-color-light-hover)',
  },
  // The language’s own colours are made for white pages only.
  '&.cm-editor .cm-content .cm-line span': { color: 'inherit' },
  '&.cm-editor .cm-content .cm-line .studio-key': {
    color: 'var(--mantine-primary-color-light-color)',
    fontWeight: '600',
  },
  '&.cm-editor .cm-content .cm-line .studio-comment': { color: 'var(--mantine-color-dimmed)', fontStyle: 'italic' },
  '.cm-tooltip': {
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-text)',
    border: '1px solid var(--mantine-color-default-border)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--mantine-primary-color-filled)',
    color: 'var(--mantine-primary-color-contrast)',
  },
  '.cm-completionInfo': { maxWidth: '22rem', padding: '0.5rem' },
})
