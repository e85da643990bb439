/** The formats that a suite's report is printed in. */
export const reportFormats = ['table', 'json', 'csv', 'markdown', 'html'] as const
export type ShownFormat = (typeof reportFormats)[number]
