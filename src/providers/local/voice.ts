/** How messages become a prompt: by the model's chat template, or as the text to go on with. */
import type { Message } from '../../model/request.ts'
import type { ChatItem, Generated, GenerateOptions, LlamaModel, LlamaModule, LlamaSequence } from './llama-module.ts'

interface Voice {
  hasTemplate: boolean
  countTokens(messages: Message[]): number
  writer(sequence: LlamaSequence): (messages: Message[], options: GenerateOptions) => Promise<Generated>
}

/** A model without a template was never taught roles or to obey: it gets the messages’ text alone, parted by blank lines. */
export function voiceOf(module: LlamaModule, model: LlamaModel): Voice {
  if (!model.fileInfo.metadata.tokenizer?.chat_template?.trim()) {
    const textOf = (messages: Message[]) => messages.map(({ content }) => content).join('\n\n')
    return {
      hasTemplate: false,
      countTokens: messages => model.tokenize(textOf(messages)).length + 1,
      writer: contextSequence => {
        const completion = new module.LlamaCompletion({ contextSequence })
        return (messages, options) =>
          completion.generateCompletionWithMeta(textOf(messages), { ...options, contextShiftSize: 1 })
      },
    }
  }
  const chatWrapper = module.resolveChatWrapper(model)
  return {
    hasTemplate: true,
    countTokens: messages => {
      const chatHistory: ChatItem[] = [...messages.map(itemOf), { type: 'model', response: [] }]
      return chatWrapper.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer).length
    },
    writer: contextSequence => {
      const chat = new module.LlamaChat({ contextSequence, chatWrapper })
      const once = { contextShift: { size: 1 }, budgets: { thoughtTokens: 0, commentTokens: 0 } }
      return (messages, options) => chat.generateResponse(messages.map(itemOf), { ...options, ...once })
    },
  }
}

function itemOf({ role, content }: Message): ChatItem {
  return role === 'assistant' ? { type: 'model', response: [content] } : { type: role, text: content }
}
