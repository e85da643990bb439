/** The ethnic groups whose names stand in a text. */
import { namesInText } from './names-in-text.ts'

/**
 * Each once, in order of place: the group that bears most of a name (United States Census of 2020), where one does. Says of names, not of
 * people: most people of a group have other names.
 */
export function ethnicitiesOf(text: string): string[] {
  const groups = namesInText(text, []).map(({ known: { first, last }, mayBe }) =>
    mayBe === 'first' ? first?.group : mayBe === 'last' ? last?.group : (first?.group ?? last?.group),
  )
  return [...new Set(groups.filter(group => group !== undefined))]
}
