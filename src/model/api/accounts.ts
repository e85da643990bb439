/** Accounts over HTTP. */

export const accountEndpoints = {}
