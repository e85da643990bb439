/** A project’s name of whatever somebody typed. */
import { projectName } from '../../../../src/model/project.ts'

/** Lower-case letters, digits, dots, dashes and underscores; empty if nothing of it can be kept. */
export function projectSlug(typed: string): string {
  return typed
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 64)
}

/** What is wrong with a name; undefined if nothing is. */
export function nameFault(typed: string, taken: readonly string[]): string | undefined {
  if (taken.includes(typed)) return `There is a project “${typed}” already.`
  return projectName.safeParse(typed).success
    ? undefined
    : 'Use lower-case letters, digits, dots, dashes and underscores, at most 64.'
}
