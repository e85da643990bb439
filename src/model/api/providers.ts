/** Providers over HTTP. */

export const providerEndpoints = {}
