/** Growing over HTTP. */

export const growEndpoints = {}
