/** The whole command line, as commander knows it. What a command needs to work is loaded when it runs. */
import { Command, Option } from 'commander'
import { version } from '../app/version.ts'
import { addCompletion } from './completion.ts'
import { addDoctor } from './doctor.ts'
import { addDocuments } from './documents.ts'
import { addGenerators } from './generators.ts'
import { addImprove } from './improve.ts'
import { addInit } from './init.ts'
import { addModels } from './models.ts'
import { addPipelines } from './pipelines.ts'
import { addProjects } from './projects.ts'
import { addProviders } from './providers.ts'
import { addQa } from './qa.ts'
import { addQuickstart } from './quickstart.ts'
import { addRecipes } from './recipes.ts'
import { addRecords } from './records.ts'
import { addRun } from './run.ts'
import { addRuns } from './runs.ts'
import { addSimulations } from './simulations.ts'
import { addStudio } from './studio.ts'
import { addSuites } from './suites.ts'
import { addTables } from './tables.ts'
import { addTaxonomy } from './taxonomy.ts'

const examples = `
Examples:
  cultivar quickstart                    a first dataset, no key and no network
  cultivar init && cultivar projects create support --labels bug,billing
  cultivar records import tickets.csv
  cultivar providers add ollama --project support
  cultivar run few-shot --param label=billing --target 50
  cultivar records export --out support.jsonl

Exit codes: 0 done · 1 fault of Cultivar · 2 bad input · 3 short of target
            4 budget reached · 5 provider failed · 130 interrupted, can go on`

/** Throws CommanderError instead of exiting, and leaves printing what was mistyped to whoever catches it. */
export function buildProgram(): Command {
  const program = new Command('cultivar')
    .description('Grows the dataset you need from the seeds you have.')
    .version(version, '-V, --version', 'print the version')
    .addOption(new Option('--workspace <DIR>', 'the workspace (default: the nearest one from here upwards)'))
    .option('--json', 'print data as JSON')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', examples)
  addQuickstart(program)
  addInit(program)
  addStudio(program)
  addDoctor(program)
  addProjects(program)
  addDocuments(program)
  addRecords(program)
  addProviders(program)
  addRun(program)
  addRuns(program)
  addQa(program)
  addTaxonomy(program)
  addTables(program)
  addSimulations(program)
  addModels(program)
  addSuites(program)
  addImprove(program)
  addPipelines(program)
  addRecipes(program)
  addGenerators(program)
  addCompletion(program)
  return program
}
