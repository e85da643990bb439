/** What a record holds under a name that people chose, such as a column’s: `constructor` and `__proto__` are names like others. */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
}
