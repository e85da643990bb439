/** Suites over HTTP. */

export const suiteEndpoints = {}
