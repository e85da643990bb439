/** Runs over HTTP. */

export const runEndpoints = {}
