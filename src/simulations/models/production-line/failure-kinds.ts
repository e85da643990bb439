/** How machines fail: which component, how long before the signs show, and what they are. */

/** What sensors measure, with their units; names are those of the columns. */
export interface Measured {
  /** Velocity, mm/s RMS (ISO 20816: a small machine is new below 1, to be stopped above 7). */
  vibration: number
  /** Of the bearing housing, °C. */
  temperature: number
  /** Of the drive, A. */
  current: number
  /** Of the hydraulics, bar. */
  pressure: number
}

export const sensorNames = ['vibration', 'temperature', 'current', 'pressure'] as const

export interface FailureKind {
  kind: (typeof failureKindNames)[number]
  component: (typeof componentNames)[number]
  /** Its share of the failures that wear brings; 0: it strikes at random, without a sign. */
  share: number
  /** Weibull, of the running time until the first sign: above 1, the older the likelier. */
  shape: number
  /** Mean running hours from the first sign to the failure (P–F interval). */
  noticeHours: number
  /** How signs grow: 1 evenly, 2 late. */
  growth: number
  /** Work that its repair takes, of the mean. */
  repair: number
  /** What readings have moved by when it fails, on average; the current as a share of the usual one. */
  signs: Measured
  /** How many times as many defects are made when it fails. */
  defects: number
  /** Share by which cycles take longer when it fails. */
  slower: number
}

export const failureKindNames = [
  'bearing-wear',
  'lubrication-loss',
  'tool-wear',
  'hydraulic-leak',
  'electrical-fault',
] as const
export const componentNames = ['bearing', 'lubrication', 'tool', 'hydraulics', 'controller'] as const

export const failureKinds: readonly FailureKind[] = [
  {
    kind: 'bearing-wear',
    component: 'bearing',
    share: 0.3,
    shape: 2.2,
    noticeHours: 60,
    growth: 1.8,
    repair: 1.5,
    signs: { vibration: 3.2, temperature: 11, current: 0.04, pressure: 0 },
    defects: 2,
    slower: 0.02,
  },
  {
    kind: 'lubrication-loss',
    component: 'lubrication',
    share: 0.2,
    shape: 1.4,
    noticeHours: 14,
    growth: 1,
    repair: 0.6,
    signs: { vibration: 0.9, temperature: 15, current: 0.07, pressure: 0 },
    defects: 1,
    slower: 0.03,
  },
  {
    kind: 'tool-wear',
    component: 'tool',
    share: 0.3,
    shape: 3,
    noticeHours: 28,
    growth: 1.3,
    repair: 0.5,
    signs: { vibration: 1, temperature: 3, current: 0.14, pressure: 0 },
    defects: 9,
    slower: 0.06,
  },
  {
    kind: 'hydraulic-leak',
    component: 'hydraulics',
    share: 0.2,
    shape: 1.6,
    noticeHours: 40,
    growth: 1.2,
    repair: 1.1,
    signs: { vibration: 0, temperature: 4, current: 0, pressure: -0.9 },
    defects: 3,
    slower: 0.1,
  },
  {
    kind: 'electrical-fault',
    component: 'controller',
    share: 0,
    shape: 1,
    noticeHours: 0,
    growth: 1,
    repair: 1,
    signs: { vibration: 0, temperature: 0, current: 0, pressure: 0 },
    defects: 0,
    slower: 0,
  },
]
