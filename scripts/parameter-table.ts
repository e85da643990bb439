/** Parameters as a table of a reference page. */
import type { membersOf } from '../src/cli/plugin-text.ts'

export function parameterTable(members: ReturnType<typeof membersOf>): string {
  if (members.length === 0) return 'It takes no parameters.'
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const code = (text: string) => (text === '' || text === 'required' ? text : `\`${cell(text)}\``)
  return [
    '| name | type | default | |',
    '|---|---|---|---|',
    ...members.map(
      ({ name, type, otherwise, description }) =>
        `| \`${name}\` | ${cell(type)} | ${code(otherwise)} | ${cell(description)} |`,
    ),
  ].join('\n')
}
