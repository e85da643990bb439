/** Records over HTTP. */

export const recordEndpoints = {}
