/** Declarations to begin with, from one column to a plant: each can be taken and changed. */

export interface TableExample {
  name: string
  /** What it shows. */
  shows: string
  text: string
}

export const tableExamples: TableExample[] = [
  {
    name: 'One column',
    shows: 'A thousand draws of one distribution',
    text: `# A thousand draws of the standard normal distribution.
rows: 1000
columns:
  value: { distribution: normal, mean: 0, sd: 1, decimals: 3 }
`,
  },
  {
    name: 'A table of machines',
    shows: 'Weights, cases, a formula, dates, missing values, a condition',
    text: `# Machines and what they cost to run.
name: machines
rows: 500
columns:
  id: { sequence: 1, prefix: M-, width: 4 }
  kind: { values: { press: 5, lathe: 3, robot: 2 } }
  age_years: { distribution: weibull, shape: 1.4, scale: 8, decimals: 1, clip: [0, 30] }
  # What a kind draws depends on the kind, and its cost on both.
  power_kw:
    by: kind
    cases: { press: "normal(45, 6)", lathe: "normal(18, 3)", robot: "normal(6, 1)" }
    decimals: 1
    clip: [1, null]
  cost_per_hour: { formula: "4 + 0.22 * power_kw + 0.15 * age_years + normal(0, 0.4)", decimals: 2 }
  serviced: { date: { from: 2026-01-01, to: 2026-06-30, calendar: { weekdays: [mon, tue, wed, thu, fri] } } }
  # Older machines more often have no record of it.
  inspector: { fake: name, missing: "if(age_years > 10, 0.4, 0.05)" }
constraints:
  - power_kw < 80
`,
  },
  {
    name: 'Two tables with keys',
    shows: 'Customers and their orders, whose keys fit',
    text: `# Customers, and the orders of each. All keys fit.
tables:
  customers:
    rows: 100
    key: customer
    columns:
      customer: { id: "C-####" }
      name: { fake: name }
      segment: { values: { private: 8, business: 2 } }
  orders:
    parent: customers
    children: poisson(4)
    key: order
    columns:
      order: { id: "ORD-######" }
      customer: { formula: parent.customer }
      placed: { datetime: { from: 2026-01-01, to: 2026-06-30, resolution: minute } }
      # Businesses buy more.
      pieces: { formula: "1 + poisson(if(parent.segment = 'business', 20, 2))", decimals: 0 }
      price: { distribution: log-normal, logMean: 3, logSd: 0.5, decimals: 2 }
`,
  },
  {
    name: 'A series with a fault',
    shows: 'A day of two machines, with a sensor that drifts',
    text: `# Readings of two machines, one of whose sensors drifts for a while.
name: readings
series:
  entities: { column: machine, count: 2 }
  time: { start: 2026-01-01, interval: 10 min, readings: 144 }
  regimes:
    states:
      idle: { lasts: 2 h }
      running: { lasts: 6 h }
  sensors:
    temperature:
      unit: °C
      level: 42
      regimes: { idle: 28 }
      settle: 40 min
      noise: 0.6
      autocorrelation: 0.8
    current: { unit: A, level: 31, regimes: { idle: 4 }, noise: 0.8 }
  faults:
    - { kind: drift, column: temperature, count: 1 }
`,
  },
]
