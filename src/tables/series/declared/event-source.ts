/** The table of events of a declared series: entity, event, start, end, cause. */
import type { BlockSource, ColumnHeader } from '../../table.ts'
import { entitiesOf, type SeriesLayout } from './entity-groups.ts'
import { openEventLog } from './event-log.ts'

/** A block is of a group of entities, whose readings it makes once more. */
export function eventSource({ name: series, declaration, line, groups, faults, entity }: SeriesLayout): BlockSource {
  const log = openEventLog(declaration.events, line)
  const name = `${series}_events`
  const time: { type: 'integer' | 'decimal' | 'datetime'; pattern?: string } = line.time.counts
    ? { type: line.time.type === 'integer' ? 'integer' : 'decimal' }
    : {
        type: 'datetime',
        ...(declaration.time.pattern !== undefined &&
          line.time.type !== 'date' && { pattern: declaration.time.pattern }),
      }
  const texts = { storage: 'codes', type: 'category' } as const
  const causes = [...new Set(log.causes)]
  const causeOf = log.causes.map(cause => causes.indexOf(cause))
  const event = { ...texts, name: 'event', dictionary: log.names }
  const start = { storage: 'numbers', name: 'start', ...time } as const
  const end = { storage: 'numbers', name: 'end', ...time } as const
  const cause = { ...texts, name: 'cause', dictionary: causes }
  const headers: ColumnHeader[] = [event, start, end, cause]
  return {
    name,
    columns: [...(entity ? [entity.header] : []), ...headers],
    blocks: groups.starts.length - 1,
    block(index) {
      const logged = entitiesOf(groups, index).map(own =>
        log.read(line.parts(own, faults.get(own)), line.random(own).fork('events')),
      )
      const all = logged.flat()
      const named = entity?.column(
        entitiesOf(groups, index),
        logged.map(events => events.length),
      )
      return {
        name,
        rows: all.length,
        columns: [
          ...(named ? [named] : []),
          { ...event, codes: Int32Array.from(all, ({ kind }) => kind) },
          { ...start, values: Float64Array.from(all, each => each.start) },
          { ...end, values: Float64Array.from(all, each => each.end) },
          { ...cause, codes: Int32Array.from(all, ({ kind }) => causeOf[kind]!) },
        ],
      }
    },
  }
}
