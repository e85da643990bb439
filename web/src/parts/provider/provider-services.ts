/** The services a provider can be, as people choose among them. */
import type { ProviderInput } from '../../../../src/model/provider.ts'

export interface ProviderService {
  /** What one chooses. */
  id: string
  title: string
  text: string
  kind: ProviderInput['kind']
  /** Suggested name. */
  name: string
  endpoint: 'none' | 'optional' | 'required'
  endpointHint: string
  key: 'none' | 'optional' | 'required'
  /** The variable such keys are usually kept in. */
  keyVariable: string
  modelHint: string
}

export const providerServices: ProviderService[] = [
  {
    id: 'openai',
    title: 'OpenAI',
    text: 'GPT models, with a key',
    ...{
      kind: 'openai',
      name: 'openai',
      endpoint: 'optional',
      endpointHint: 'Its own address, unless you say another',
    },
    ...{ key: 'required', keyVariable: 'OPENAI_API_KEY', modelHint: 'gpt-4.1-mini' },
  },
  {
    id: 'azure',
    title: 'Azure OpenAI',
    text: 'A deployment of yours, by its address and key',
    ...{ kind: 'azure', name: 'azure', endpoint: 'required' },
    endpointHint: 'https://NAME.openai.azure.com/openai/deployments/DEPLOYMENT/chat/completions?api-version=…',
    ...{ key: 'required', keyVariable: 'AZURE_API_KEY', modelHint: 'Empty, if the address names the deployment' },
  },
  {
    id: 'anthropic',
    title: 'Anthropic',
    text: 'Claude models, with a key',
    ...{
      kind: 'anthropic',
      name: 'anthropic',
      endpoint: 'optional',
      endpointHint: 'Its own address, unless you say another',
    },
    ...{ key: 'required', keyVariable: 'ANTHROPIC_API_KEY', modelHint: 'claude-sonnet-4-5' },
  },
  {
    id: 'google',
    title: 'Google',
    text: 'Gemini models, with a key',
    ...{
      kind: 'google',
      name: 'google',
      endpoint: 'optional',
      endpointHint: 'Its own address, unless you say another',
    },
    ...{ key: 'required', keyVariable: 'GOOGLE_API_KEY', modelHint: 'gemini-2.5-flash' },
  },
  {
    id: 'server',
    title: 'Another server',
    text: 'Ollama, LM Studio, vLLM, a gateway: whatever speaks OpenAI’s chat completions',
    ...{ kind: 'openai-compatible', name: 'server', endpoint: 'required', endpointHint: 'http://127.0.0.1:11434/v1' },
    ...{ key: 'optional', keyVariable: 'API_KEY', modelHint: 'Empty: the first it lists' },
  },
  {
    id: 'local',
    title: 'A model file',
    text: 'A GGUF file that runs inside Cultivar, with no server',
    ...{ kind: 'local', name: 'local', endpoint: 'none', endpointHint: '', key: 'none', keyVariable: '' },
    modelHint: 'https://…/model.Q4_K_M.gguf, or models/model.gguf in the workspace',
  },
]

/** The service that settings are of. */
export function serviceOf(kind: ProviderInput['kind']): ProviderService {
  return providerServices.find(service => service.kind === kind)!
}
