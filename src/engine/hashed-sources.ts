/** Sources that leave the hash of whatever is read through them, so that it becomes part of the run's identity. */
import { canonicalJson } from '../model/json.ts'
import type { FindSimulation, Sources } from './define.ts'
import { sha256 } from './ledger-key.ts'

/** `hashes` gets an entry for each list and each document. A document's notes do not enter: they are words about it. */
export function hashedSources(sources: Sources, hashes: Record<string, string>): Sources {
  return {
    async listFiles(folder) {
      const paths = await sources.listFiles(folder)
      hashes[`files:${folder}`] = sha256(canonicalJson(paths))
      return paths
    },
    async listChanges(folder, since) {
      const paths = await sources.listChanges(folder, since)
      hashes[`changes:${folder} ${since}`] = sha256(canonicalJson(paths))
      return paths
    },
    async readDocument(path) {
      const document = await sources.readDocument(path)
      hashes[`document:${path}`] = sha256(document.markdown)
      return document
    },
    async readRepository(choice) {
      const documents = await sources.readRepository(choice)
      const { repo, commit, patterns } = choice
      hashes[`repository:${[repo, commit, ...patterns].join(' ')}`] = sha256(
        canonicalJson(documents.map(({ name, markdown }) => [name, sha256(markdown)])),
      )
      return documents
    },
    async *documents() {
      for await (const document of sources.documents()) {
        hashes[`document:${document.id}`] = sha256(document.markdown)
        yield document
      }
    },
  }
}

/** Of what is built in, the version is left. */
export function hashedSimulations(find: FindSimulation, hashes: Record<string, string>): FindSimulation {
  return async name => {
    const found = await find(name)
    hashes[`simulation:${name}`] = found.hash ?? String(found.simulation.version)
    return found
  }
}
