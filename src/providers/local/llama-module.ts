/** What is used of node-llama-cpp 3: no dependency, since only who wants local models installs it, so its types are written down here. */

type Token = number

export interface LlamaModule {
  getLlama(options: {
    gpu: 'auto' | false
    /** `never`: nothing is compiled. */
    build: 'never'
    skipDownload: true
    progressLogs: false
    logLevel: 'error'
    logger: (level: string, message: string) => void
    maxThreads: number
  }): Promise<Llama>
  resolveChatWrapper(model: LlamaModel): ChatWrapper
  LlamaChat: new (options: {
    contextSequence: LlamaSequence
    chatWrapper: ChatWrapper
  }) => {
    generateResponse(history: ChatItem[], options: GenerateOptions & ChatOptions): Promise<Generated>
  }
  LlamaCompletion: new (options: {
    contextSequence: LlamaSequence
  }) => {
    generateCompletionWithMeta(
      input: string,
      options: GenerateOptions & { contextShiftSize: number },
    ): Promise<Generated>
  }
}

export interface Llama {
  readonly gpu: string | false
  maxThreads: number
  loadModel(options: { modelPath: string; gpuLayers?: number }): Promise<LlamaModel>
  createGrammarForJsonSchema(schema: object): Promise<LlamaGrammar>
  getGrammarFor(type: 'json'): Promise<LlamaGrammar>
}

/** Opaque here. */
export type LlamaGrammar = object

export interface LlamaModel {
  readonly trainContextSize: number
  readonly fileInfo: { metadata: { general: { architecture: string }; tokenizer?: { chat_template?: string } } }
  tokenize(text: string): Token[]
  readonly tokenizer: unknown
  createContext(options: {
    sequences: number
    contextSize: number
    flashAttention: 'auto' | false
    threads: { ideal: number }
  }): Promise<LlamaContext>
  createEmbeddingContext(options: { contextSize: number; threads: number }): Promise<LlamaEmbeddingContext>
  dispose(): Promise<void>
}

interface LlamaContext {
  getSequence(): LlamaSequence
  dispose(): Promise<void>
}

export interface LlamaSequence {
  clearHistory(): Promise<void>
  readonly tokenMeter: { readonly usedOutputTokens: number }
}

export interface LlamaEmbeddingContext {
  calculateInputLength(input: string): number
  getEmbeddingFor(input: string): Promise<{ vector: readonly number[] }>
  dispose(): Promise<void>
}

export type ChatItem = { type: 'system' | 'user'; text: string } | { type: 'model'; response: string[] }

interface ChatWrapper {
  generateContextState(options: { chatHistory: ChatItem[] }): {
    contextText: { tokenize(tokenizer: unknown): Token[] }
  }
}

export interface GenerateOptions {
  maxTokens: number
  temperature: number
  seed: number
  grammar?: LlamaGrammar
  repeatPenalty: false
  signal: AbortSignal
}

interface ChatOptions {
  contextShift: { size: number }
  /** Zero: models that think aloud answer at once. */
  budgets: { thoughtTokens: number; commentTokens: number }
}

export interface Generated {
  response: string
  metadata: { stopReason: string }
}
