/** American and British spellings of the same words: by rule where SCOWL knows both, and what rules do not find. */
import { scowlWords } from './scowl.ts'

/** Each once, anywhere in an American word: no matter how daring a rule, its result counts only where SCOWL lists it as British. */
const rules: readonly (readonly [american: RegExp, british: string])[] = [
  [/or/g, 'our'],
  [/o/g, 'ou'],
  [/iz/g, 'is'],
  [/yz/g, 'ys'],
  [/z/g, 's'],
  [/er/g, 're'],
  [/er(?=[a-z])/g, 'r'],
  [/l/g, 'll'],
  [/ll/g, 'l'],
  [/og/g, 'ogue'],
  [/e/g, 'ae'],
  [/e/g, 'oe'],
  [/ens/g, 'enc'],
  [/ic/g, 'is'],
  [/(?=able)/g, 'e'],
  [/(?=ing)/g, 'e'],
  [/(?<=dg)(?=m)/g, 'e'],
  [/ow/g, 'ough'],
  [/f/g, 'ph'],
  [/k/g, 'c'],
  [/t/g, 'tt'],
  [/p/g, 'pp'],
  [/r/g, 'rr'],
  [/a/g, 'y'],
  [/a/g, 'e'],
  [/y/g, 'i'],
  [/um/g, 'ium'],
]

/** Rules alone would pair these wrongly, or they are better left out of every text. */
const notPairs = new RegExp(
  `^(?:${[
    ...['adapters', 'cardie', 'costumier', 'defensed', 'defensing', 'ecus', 'fayer', 'fliers?$', 'gibe', 'gibing'],
    ...['manila$', 'mantes', 'maters', 'metaled', 'novene', 'patine', 'performative', 'slier', 'snowshed', 'trabecule'],
    ...['bastardi', 'fag', 'pedophil', 'sodomi'],
  ].join('|')})`,
)

/** Both ways. */
const furtherPairs = `
  airfoil aerofoil, airfoils aerofoils, airplane aeroplane, airplanes aeroplanes, analog analogue, analogs analogues,
  archeological archaeological, archeologist archaeologist, archeologists archaeologists, archeology archaeology,
  artifact artefact, artifacts artefacts, balk baulk, balked baulked, balking baulking, behoove behove, behooves behoves,
  cataloged catalogued, cataloger cataloguer, cataloging cataloguing, celiac coeliac, cesarean caesarean,
  checkbook chequebook, checkbooks chequebooks, checkered chequered, czar tsar, czars tsars, downdraft downdraught,
  draftier draughtier, draftsman draughtsman, draftsmanship draughtsmanship, draftsmen draughtsmen,
  draftswoman draughtswoman, drafty draughty, encyclopedia encyclopaedia, encyclopedias encyclopaedias,
  encyclopedic encyclopaedic, epaulet epaulette, epaulets epaulettes, esophageal oesophageal, fetal foetal, fetus foetus,
  fetuses foetuses, flutist flautist, flutists flautists, furor furore, gemology gemmology, glycerin glycerine, heme haem,
  jewelry jewellery, licorice liquorice, math maths, meow miaow, meowed miaowed, meowing miaowing, meows miaows, mom mum,
  moms mums, multistory multistorey, mustache moustache, mustached moustached, mustaches moustaches, naught nought,
  naughts noughts, nitroglycerin nitroglycerine, numskull numbskull, omelet omelette, omelets omelettes, percent per cent,
  phony phoney, ruble rouble, rubles roubles, specialties specialities, specialty speciality, tidbit titbit,
  tidbits titbits, updraft updraught, yogurt yoghurt, yogurts yoghurts`

/** Where the British spelling has a meaning that the American one does not share, or is American too. */
const americanToBritishOnly = `
  analyzes analyses, ax axe, catalyzes catalyses, dependents dependants, dialog dialogue, dialogs dialogues, donut doughnut,
  donuts doughnuts, mommies mummies, mommy mummy, paralyzes paralyses, psychoanalyzes psychoanalyses`

/** Where the American spelling has a meaning that the British one does not share: a tyre is a tire, but who tires does not tyre. */
const britishToAmericanOnly = `
  annexe annex, cheque check, cheques checks, draught draft, dreamt dreamed, enquire inquire, enquired inquired,
  enquires inquires, enquiries inquiries, enquiring inquiring, enquiry inquiry, gaol jail, gaols jails, kerb curb,
  kerbs curbs, kerbside curbside, leant leaned, learnt learned, licence license, licences licenses, mediaeval medieval,
  metre meter, metres meters, misspelt misspelled, practise practice, practises practices, programme program,
  programmes programs, spilt spilled, spoilt spoiled, storey story, storeys stories, tyre tire, tyres tires,
  waggon wagon, waggons wagons`

/** British spellings by rule that are as much at home in America, or mean something else there (the Louvre). */
const notBritishAlone = /^(?:ambiences?|drily|lasagnes?|leapt|louvres?|briars)$/

/** Of size 60 and below in American: past it, words are no longer met. */
export function spellingLists(): {
  americanToBritish: Record<string, string>
  britishToAmerican: Record<string, string>
} {
  const british = scowlWords('english/british', 70)
  const english = scowlWords('english', 70)
  const american = scowlWords('english/american', 60)
  const pairs: [string, string][] = [...american]
    .filter(word => !british.has(word) && !english.has(word) && !notPairs.test(word))
    .flatMap(word => {
      const isBritish = (variant: string) => british.has(variant) && !american.has(variant)
      const found = ruled(word).find(isBritish) ?? ruled(word).flatMap(ruled).find(isBritish)
      return found === undefined ? [] : [[word, found] as [string, string]]
    })
  const both = [...pairs, ...pairsOf(furtherPairs)]
  return {
    americanToBritish: sorted([...both, ...pairsOf(americanToBritishOnly)]),
    britishToAmerican: sorted([
      ...both
        .map(([american, british]) => [british, american] as const)
        .filter(([word]) => !notBritishAlone.test(word)),
      ...pairsOf(britishToAmericanOnly),
    ]),
  }
}

function ruled(word: string): string[] {
  return rules.flatMap(([pattern, british]) =>
    Array.from(
      word.matchAll(pattern),
      ({ index, 0: found }) => word.slice(0, index) + british + word.slice(index + found.length),
    ),
  )
}

function pairsOf(text: string): [string, string][] {
  return text.split(',').map(pair => {
    const [from = '', ...to] = pair.trim().split(' ')
    return [from, to.join(' ')]
  })
}

function sorted(pairs: (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
