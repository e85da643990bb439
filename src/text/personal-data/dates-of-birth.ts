/** Dates of birth: a date beside a word that says so. A plain date is none. */
import { cueBefore } from './number-cues.ts'
import { matches, type PersonalData, type ReadableText } from './stretch.ts'

const months = [
  'jan(?:uary|uar|vier|uari)?|jänner|ene(?:ro)?|gen(?:naio)?|janeiro',
  'feb(?:ruary|ruar|rero|braio|ruari)?|févr(?:ier)?|fevereiro',
  'mar(?:ch|s|zo)?|märz|maart|março',
  'apr(?:il|ile)?|avr(?:il)?|abr(?:il)?',
  'may|mai|mayo|maggio|mei|maio|mag',
  'jun(?:e|i|io|ho)?|juin|giu(?:gno)?',
  'jul(?:y|i|io|ho)?|juil(?:let)?|lug(?:lio)?',
  'aug(?:ust|ustus)?|août|ago(?:sto)?',
  'sept?(?:ember|embre|tiembre|iembre)?|set(?:tembre|iembre|embro)?',
  'o[ck]t(?:ober|obre|ubre)?|ott(?:obre)?|outubro',
  'nov(?:ember|embre|iembre|embro)?',
  'de[cz](?:ember|embre)?|déc(?:embre)?|dic(?:iembre|embre)?|dezembro',
].join('|')
const date = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[
    '\\d{1,2}([./-]) ?\\d{1,2}\\1 ?(?:\\d{4}|\\d{2})',
    '\\d{4}([./-])\\d{1,2}\\2\\d{1,2}',
    `\\d{1,2}(?:st|nd|rd|th|er|º|°|\\.)?[ -](?:of |de )?(?:${months})\\.?,?[ -](?:de |del )?(?:\\d{4}|'?\\d{2})`,
    `(?:${months})\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}`,
  ].join('|')})(?![\\p{L}\\p{N}]|[./-]\\d)`,
  'giu',
)
const saidAfter =
  /^[\s,(]{0,3}(?:is|was|ist|war|est|es|è)?\s?(?:my|his|her|their|mein|sein|ihr|mon|son|mi|su|mio|suo|mijn|zijn|haar)?\s?(?:date of birth|birthday|birth date|dob\b|geburtsdatum|geburtstag|date de naissance|anniversaire|fecha de nacimiento|cumpleaños|data di nascita|compleanno|geboortedatum|verjaardag|geboren)/

/** The beginnings of the words that make a date one of birth. */
const birth =
  /\*|bi?rth|born|do?b|d\.o\.b|bday|gebo|gebu|geb\.|n[ée]{1,2}s? |naiss|nac[ií]|nat[oa] |nasc|f[öø]d|anniv|cumple|complean|verjaar/

export function findDatesOfBirth({ plain, lower }: ReadableText): PersonalData[] {
  if (!birth.test(lower)) return []
  return matches(
    plain,
    'date-of-birth',
    date,
    (value, start) =>
      cueBefore(lower, start) === 'birth' ||
      /(?:^|[\s,;(])\* ?$/.test(lower.slice(Math.max(0, start - 3), start)) ||
      saidAfter.test(lower.slice(start + value.length, start + value.length + 48)),
  )
}
