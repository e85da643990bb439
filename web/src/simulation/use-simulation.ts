/** A running model for as long as a component is there. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { SimulationClient, type SimulationState } from './simulation-client.ts'
import type { RunOrder, SimulationSource } from './simulation-messages.ts'

/** Made anew when the source changes; later orders go to the client. */
export function useSimulation(source: SimulationSource, order: RunOrder): SimulationClient | undefined {
  const [client, setClient] = useState<SimulationClient>()
  const key = JSON.stringify(source)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is the first one only
  useEffect(() => {
    const opened = new SimulationClient(JSON.parse(key), order)
    setClient(opened)
    return () => opened.close()
  }, [key])
  return client
}

export function useSimulationState(client: SimulationClient): SimulationState {
  return useSyncExternalStore(client.subscribe, () => client.state)
}
