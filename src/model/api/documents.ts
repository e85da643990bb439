/** Documents over HTTP. */

export const documentEndpoints = {}
