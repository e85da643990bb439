/** Every page of the studio by its address; each is loaded when it is opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { readAddress, writeAddress } from './address.ts'
import { generatorSearch } from './pages/grow/generator-search.ts'
import { recipeSearch } from './pages/grow/recipe-search.ts'
import { exportSearch } from './pages/project/export-search.ts'
import { importSearch } from './pages/project/import-search.ts'
import { recordSearch } from './pages/records/record-search.ts'
import { runSearch } from './pages/runs/run-search.ts'
import { simulationSearch } from './pages/simulations/simulation-search.ts'
import { NotFound } from './shell/not-found.tsx'
import { Shell } from './shell/shell.tsx'
import { Unexpected } from './shell/unexpected.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Unexpected })
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
})

const projects = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/projects/projects-page.tsx'), 'ProjectsPage'),
})

const providers = createRoute({
  getParentRoute: () => shell,
  path: '/providers',
  component: lazyRouteComponent(() => import('./pages/providers/providers-page.tsx'), 'ProvidersPage'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
})

const apiReference = createRoute({
  getParentRoute: () => shell,
  path: '/api-reference',
  component: lazyRouteComponent(() => import('./pages/api-reference/api-reference-page.tsx'), 'ApiReferencePage'),
})

const overview = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project',
  component: lazyRouteComponent(() => import('./pages/project/overview-page.tsx'), 'OverviewPage'),
})

const importRecords = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/import',
  validateSearch: search => importSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/project/import-records-page.tsx'), 'ImportRecordsPage'),
})

const exportRecords = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/export',
  validateSearch: search => exportSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/project/export-records-page.tsx'), 'ExportRecordsPage'),
})

const projectSettings = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/settings',
  component: lazyRouteComponent(() => import('./pages/project/project-settings-page.tsx'), 'ProjectSettingsPage'),
})

const records = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/records',
  validateSearch: search => recordSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/records/records-page.tsx'), 'RecordsPage'),
})

const grow = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/grow',
  component: lazyRouteComponent(() => import('./pages/grow/grow-page.tsx'), 'GrowPage'),
})

const recipe = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/grow/recipe',
  validateSearch: search => recipeSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/grow/recipe-page.tsx'), 'RecipePage'),
})

const generator = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/grow/$generator',
  validateSearch: search => generatorSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/grow/generator-page.tsx'), 'GeneratorPage'),
})

const runs = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/runs',
  component: lazyRouteComponent(() => import('./pages/runs/runs-page.tsx'), 'RunsPage'),
})

const run = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/runs/$run',
  validateSearch: search => runSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/runs/run-page.tsx'), 'RunPage'),
})

const documents = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/documents',
  component: lazyRouteComponent(() => import('./pages/documents/documents-page.tsx'), 'DocumentsPage'),
})

const document = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/documents/$document',
  validateSearch: (search): { view?: 'chunks' } => (search['view'] === 'chunks' ? { view: 'chunks' } : {}),
  component: lazyRouteComponent(() => import('./pages/documents/document-page.tsx'), 'DocumentPage'),
})

const models = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/models',
  component: lazyRouteComponent(() => import('./pages/models/models-page.tsx'), 'ModelsPage'),
})

const model = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/models/$model',
  component: lazyRouteComponent(() => import('./pages/models/model-page.tsx'), 'ModelPage'),
})

const tables = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/tables',
  component: lazyRouteComponent(() => import('./pages/tables/tables-page.tsx'), 'TablesPage'),
})

const tableModel = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/tables/models/$model',
  component: lazyRouteComponent(() => import('./pages/tables/table-model-page.tsx'), 'TableModelPage'),
})

const tableFaults = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/tables/faults',
  component: lazyRouteComponent(() => import('./pages/tables/table-faults-page.tsx'), 'TableFaultsPage'),
})

const tableComparison = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/tables/compare',
  component: lazyRouteComponent(() => import('./pages/tables/table-comparison-page.tsx'), 'TableComparisonPage'),
})

const tableResult = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/tables/results/$result',
  component: lazyRouteComponent(() => import('./pages/tables/table-result-page.tsx'), 'TableResultPage'),
})

const simulations = createRoute({
  getParentRoute: () => shell,
  path: '/simulations',
  component: lazyRouteComponent(() => import('./pages/simulations/simulations-page.tsx'), 'SimulationsPage'),
})

const simulation = createRoute({
  getParentRoute: () => shell,
  path: '/simulations/$simulation',
  validateSearch: search => simulationSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/simulations/simulation-page.tsx'), 'SimulationPage'),
})

const projectSimulations = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/simulations',
  component: lazyRouteComponent(() => import('./pages/simulations/simulations-page.tsx'), 'SimulationsPage'),
})

const projectSimulation = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/simulations/$simulation',
  validateSearch: search => simulationSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/simulations/simulation-page.tsx'), 'SimulationPage'),
})

const suites = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/suites',
  component: lazyRouteComponent(() => import('./pages/suites/suites-page.tsx'), 'SuitesPage'),
})

const suite = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/suites/$suite',
  component: lazyRouteComponent(() => import('./pages/suites/suite-page.tsx'), 'SuitePage'),
})

const trial = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/trials/$trial',
  component: lazyRouteComponent(() => import('./pages/suites/trial-page.tsx'), 'TrialPage'),
})

const improvement = createRoute({
  getParentRoute: () => shell,
  path: '/p/$project/improvements/$improvement',
  component: lazyRouteComponent(() => import('./pages/suites/improvement-page.tsx'), 'ImprovementPage'),
})

const routes = [
  projects,
  providers,
  settings,
  apiReference,
  overview,
  importRecords,
  exportRecords,
  projectSettings,
  records,
  grow,
  recipe,
  generator,
  runs,
  run,
  documents,
  document,
  models,
  model,
  tables,
  tableModel,
  tableFaults,
  tableComparison,
  tableResult,
  simulations,
  simulation,
  projectSimulations,
  projectSimulation,
  suites,
  suite,
  trial,
  improvement,
]

export const router = createRouter({
  routeTree: root.addChildren([signIn, shell.addChildren(routes)]),
  parseSearch: readAddress,
  stringifySearch: writeAddress,
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
