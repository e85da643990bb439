/** What can be grown, grouped by what one has, in the words of the pages. */

interface Growth {
  kind: string
  title: string
  /** What one gets. */
  lead: string
}

interface GrowthGroup {
  title: string
  growths: Growth[]
}

export const growthGroups: GrowthGroup[] = [
  {
    title: 'You have only a wish',
    growths: [
      {
        kind: 'prompt',
        title: 'Generate from a prompt',
        lead: 'Say what texts you need, in your own words. Labelled or with entities marked, if you like.',
      },
      {
        kind: 'records',
        title: 'Structured records',
        lead: 'Records with any fields, in exact numbers: quotas and even grids.',
      },
    ],
  },
  {
    title: 'You have a few examples',
    growths: [
      {
        kind: 'few-shot',
        title: 'Multiply examples',
        lead: 'More like some of your records, and unlike those close to them that are something else.',
      },
      { kind: 'paraphrase', title: 'Paraphrase', lead: 'Your records in other words, lightly or strongly changed.' },
    ],
  },
  {
    title: 'You have documents',
    growths: [
      {
        kind: 'document-qa',
        title: 'Question–answers from documents',
        lead: 'Questions with answers, each resting on a quote that was looked up in its document.',
      },
      {
        kind: 'multiple-choice',
        title: 'Multiple choice from documents',
        lead: 'Questions with four choices, checked by answering them.',
      },
    ],
  },
  {
    title: 'You have a taxonomy',
    growths: [
      {
        kind: 'taxonomy',
        title: 'From a taxonomy',
        lead: 'Instructions and answers for each leaf of skills and knowledge.',
      },
    ],
  },
  {
    title: 'You have templates',
    growths: [
      { kind: 'template', title: 'Fill templates', lead: 'Texts with slots, and values to put into them.' },
      {
        kind: 'templatic',
        title: 'Templates from your records',
        lead: 'Templates with slots for entities; the values come from your records.',
      },
    ],
  },
  {
    title: 'You know the columns',
    growths: [
      {
        kind: 'table',
        title: 'Declare a table',
        lead: 'Rows of one or more tables or series, from distributions, formulas and keys that you write down.',
      },
    ],
  },
  {
    title: 'You have failed tests',
    growths: [
      {
        kind: 'augment',
        title: 'Augment',
        lead: 'Copies of your records, changed as in the tests that your model failed.',
      },
    ],
  },
]

const growths = growthGroups.flatMap(group => group.growths)

export function growthOf(kind: string): Growth | undefined {
  return growths.find(growth => growth.kind === kind)
}
