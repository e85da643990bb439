/** Models over HTTP. */

export const modelEndpoints = {}
