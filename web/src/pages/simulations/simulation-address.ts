/** Where a simulation is shown: in a project, or by itself. */
export function simulationAddress(name: string, project: string | undefined): string {
  return `${project === undefined ? '' : `/p/${encodeURIComponent(project)}`}/simulations/${encodeURIComponent(name)}`
}
