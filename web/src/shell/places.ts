/** Where one can go: the pages of a project, below its address, and those of the whole workspace. */
import {
  type Icon,
  IconAffiliate,
  IconApi,
  IconBox,
  IconChartHistogram,
  IconFileText,
  IconFolders,
  IconListDetails,
  IconPlant2,
  IconPlayerPlay,
  IconPlugConnected,
  IconSettings,
  IconTable,
  IconTestPipe,
  IconTool,
} from '@tabler/icons-react'

export interface PagePlace {
  path: string
  label: string
  icon: Icon
  /** Whether addresses below it belong to other places. */
  exact?: boolean
  /** Other addresses that belong to it, with all below them. */
  also?: string[]
}

export const projectPages: PagePlace[] = [
  { path: '', label: 'Overview', icon: IconChartHistogram, exact: true },
  { path: '/records', label: 'Records', icon: IconListDetails },
  { path: '/grow', label: 'Grow', icon: IconPlant2 },
  { path: '/runs', label: 'Runs', icon: IconPlayerPlay },
  { path: '/documents', label: 'Documents', icon: IconFileText },
  { path: '/tables', label: 'Tables', icon: IconTable },
  { path: '/simulations', label: 'Simulations', icon: IconAffiliate },
  { path: '/models', label: 'Models', icon: IconBox },
  { path: '/suites', label: 'Tests', icon: IconTestPipe, also: ['/trials', '/improvements'] },
  { path: '/settings', label: 'Project settings', icon: IconTool },
]

export const workspacePages: PagePlace[] = [
  { path: '/', label: 'Projects', icon: IconFolders, exact: true },
  { path: '/providers', label: 'Providers', icon: IconPlugConnected },
  { path: '/settings', label: 'Settings', icon: IconSettings },
  { path: '/api-reference', label: 'API', icon: IconApi },
]
