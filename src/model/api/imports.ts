/** Imports over HTTP. */

export const importEndpoints = {}
