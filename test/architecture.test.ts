/** The architecture, as a table of floors that the folder tree must obey. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = dirname(import.meta.dirname)
const source = join(root, 'src')

/** Folder → floor. Imports go down only; folders of floor 2 never import each other. */
const floors: Record<string, number> = {
  model: 0,
  text: 0.1,
  // Its schemas and errors name things.
  stats: 0.2,
  taxonomy: 0.5,
  metrics: 0.5,
  perturbations: 0.5,
  learning: 0.5,
  tables: 0.7,
  simulations: 0.8,
  engine: 1,
  providers: 2,
  generators: 2,
  critics: 2,
  formats: 2,
  documents: 2,
  git: 2,
  suites: 2,
  targets: 2,
  stores: 2,
  'table-files': 2,
  testing: 2,
  app: 3,
  // The command line starts the server.
  server: 3.5,
  cli: 4,
  worker: 4,
  'index.ts': 5,
}
/** Below floor 1, only these packages and none of Node's modules. */
const packagesAllowed: Record<string, RegExp> = {
  model: /^zod$/,
  text: /^(?!node:)/,
  stats: /^(?!node:)/,
  taxonomy: /^(?!node:)/,
  metrics: /^(?!node:)/,
  perturbations: /^(?!node:)/,
  learning: /^(?!node:)/,
  tables: /^(?!node:)/,
  simulations: /^(?!node:)/,
}
/** What only some folders may do. `from` matches the text of a file, or what it imports. */
const reserved = [
  {
    what: 'opens connections',
    pattern: /from '(undici|@ai-sdk\/[^']+)'|\bfetch\(/,
    allowed: /^(providers|targets|documents)\//,
  },
  { what: 'knows SQL', pattern: /from '(kysely|pg|node:sqlite)'/, allowed: /^(stores|table-files)\// },
  {
    what: 'prints or exits',
    pattern: /\bconsole\.|process\.(exit|stdout|stderr)\b/,
    allowed: /^(cli|server|worker)\//,
  },
  { what: 'reads the environment', pattern: /process\.env\b/, allowed: /^(app|cli)\// },
  {
    what: 'computes what platforms round differently',
    pattern: /\bMath\.(log|log1p|log2|log10|exp|expm1|sin|cos|tan|sinh|cosh|tanh|cbrt|asin|acos|atan)\(/,
    // What is only looked at, and what is compared with measurements, is no data set.
    allowed: /^(?!simulations\/)|^simulations\/(watch|calibrate)\//,
  },
  {
    what: 'reads clock, timers or chance past the ports',
    pattern: /\b(setTimeout|setInterval|setImmediate|Date\.now|performance\.now|Math\.random)\b|new Date\(\)/,
    allowed:
      /^(?!engine|model|text|stats|taxonomy|metrics|perturbations|learning|tables|simulations|generators|critics)/,
  },
]

interface SourceFile {
  path: string
  folder: string
  text: string
  lines: number
  imports: { path: string; typeOnly: boolean }[]
}

function filesBelow(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path))
    .map(path => {
      const text = readFileSync(join(folder, path), 'utf8')
      const imports = [
        ...text.matchAll(
          /^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|^import\s+()'([^']+)'|()\bimport\('([^']+)'\)/gm,
        ),
      ]
        .map(([, typeOnly, from, , bare, , lazy]) => ({
          path: (from ?? bare ?? lazy)!,
          typeOnly: Boolean(typeOnly),
          lazy,
        }))
        .map(({ path: to, typeOnly, lazy }) => ({
          path: to.startsWith('.') ? relative(folder, resolve(dirname(join(folder, path)), to)) : to,
          // What is loaded later makes no cycle of values.
          typeOnly: typeOnly || lazy !== undefined,
        }))
      return { path, folder: path.split('/')[0]!, text, lines: text.split('\n').length, imports }
    })
}

const files = filesBelow(source)
const pages = filesBelow(join(root, 'web', 'src'))
const shipped = files.filter(file => !/\.(test|stress)\.ts$/.test(file.path))
const local = (path: string) => /\.(tsx?|json)$/.test(path)

it('has files to look at', () => {
  expect(shipped.length).toBeGreaterThan(5)
  expect(pages.length).toBeGreaterThan(5)
})

it('puts every file on a floor', () => {
  expect(files.filter(file => floors[file.folder] === undefined).map(file => file.path)).toEqual([])
})

it('imports downwards only, and never across floor 2', () => {
  const wrong = files.flatMap(file =>
    file.imports
      .filter(to => local(to.path))
      .map(to => ({ file, to: to.path }))
      .filter(({ to }) => {
        const folder = to.split('/')[0]!
        if (folder === file.folder) return false
        // Tests may use what is made for tests, and any floor-2 folder.
        if (!shipped.includes(file) && (folder === '..' || floors[folder]! <= 2)) return false
        return floors[folder] === undefined || floors[folder]! >= floors[file.folder]!
      })
      .map(({ to }) => `${file.path} -> ${to}`),
  )
  expect(wrong).toEqual([])
})

it('keeps floor 0 free of Node and of packages', () => {
  const wrong = shipped.flatMap(file =>
    file.imports
      .filter(to => !local(to.path) && packagesAllowed[file.folder] && !packagesAllowed[file.folder]!.test(to.path))
      .map(to => `${file.path} -> ${to.path}`),
  )
  expect(wrong).toEqual([])
})

it.each(reserved)('lets nobody else do what is reserved: $what', ({ pattern, allowed }) => {
  expect(
    shipped
      .filter(file => !allowed.test(file.path) && pattern.test(file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
      .map(file => file.path),
  ).toEqual([])
})

it('lets the studio’s pages know the model and the simulations alone, and write no HTML', () => {
  expect(
    pages.flatMap(file =>
      file.imports
        .filter(to => to.path.startsWith('..') && !/^\.\.\/\.\.\/src\/(model|simulations)\//.test(to.path))
        .map(to => `${file.path} -> ${to.path}`),
    ),
  ).toEqual([])
  expect(
    pages
      .filter(file => /dangerouslySetInnerHTML|\.(inner|outer)HTML\b|insertAdjacentHTML/.test(file.text))
      .map(file => file.path),
  ).toEqual([])
})

it.each([
  ['src', shipped],
  ['web', pages],
])('has no cycle of value imports in %s', (_, looked) => {
  const graph = new Map(
    looked.map(file => [file.path, file.imports.filter(to => !to.typeOnly && local(to.path)).map(to => to.path)]),
  )
  const done = new Set<string>()
  const visit = (path: string, trail: string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return []
    const found = (graph.get(path) ?? []).map(to => visit(to, [...trail, path])).find(cycle => cycle.length > 0)
    done.add(path)
    return found ?? []
  }
  expect([...graph.keys()].map(path => visit(path, [])).find(cycle => cycle.length > 0) ?? []).toEqual([])
})

it('keeps every file under 400 lines, named in kebab-case, with a sentence at its top', () => {
  const all = [...files, ...pages]
  expect(all.filter(file => file.lines > 400).map(file => `${file.path}: ${file.lines}`)).toEqual([])
  expect(
    all
      .filter(file => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.(test|stress|prompt))?\.tsx?$/.test(file.path))
      .map(file => file.path),
  ).toEqual([])
  expect(
    all.filter(file => !file.text.startsWith('/**') && !file.text.startsWith('#!')).map(file => file.path),
  ).toEqual([])
  expect(
    all
      .filter(file => /(^|\/|-)(utils?|helpers?|common|base|manager|v\d+)(-|\.|\/)/i.test(file.path))
      .map(file => file.path),
  ).toEqual([])
})

it('lets nobody inside import the published index', () => {
  expect(files.filter(file => file.imports.some(to => to.path === 'index.ts')).map(file => file.path)).toEqual([])
})
