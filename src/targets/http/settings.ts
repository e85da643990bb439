/** The settings of an endpoint, which say what it is sent and what it may answer. */
import { z } from 'zod'
import { answerSettings } from '../answer-settings.ts'

export const httpSettings = z
  .strictObject({
    kind: z.literal('http'),
    url: z
      .url({ protocol: /^https?$/, error: 'give a whole http:// or https:// URL' })
      .describe('Where texts are sent, by POST'),
    body: z
      .enum(['texts', 'inputs', 'one'])
      .default('texts')
      .describe(
        'What is sent: `texts`: {"texts": ["…", "…"]}; `inputs`: {"inputs": ["…", "…"]}, as Hugging Face has it; `one`: {"text": "…"}, a request for each text',
      ),
    parameters: z
      .record(z.string(), z.json())
      .optional()
      .describe('Sent along as "parameters", such as {"truncation": true}'),
    batch: z.int().min(1).max(1000).default(32).describe('Texts a request'),
    concurrency: z.int().min(1).max(256).default(4).describe('Requests under way at once'),
    timeoutMs: z.int().min(10).max(3_600_000).default(60_000).describe('Longest wait for an answer'),
    retries: z
      .int()
      .min(0)
      .max(20)
      .default(2)
      .describe('Times a request is sent again after a time-out, a broken connection, or status 408, 425, 429 or 5xx'),
    headers: z
      .record(z.string(), z.string())
      .default({})
      .describe('Extra request headers; the value `env:NAME` stands for the environment variable NAME'),
    keyEnv: z
      .string()
      .min(1)
      .optional()
      .describe('Environment variable whose value is sent as `Authorization: Bearer …`'),
    ...answerSettings,
  })
  .describe(
    'The answer is {"predictions": […]}, or the list alone, with one item a text in the order sent. Classification: {"label": "x", "score": 0.9}, "x", {"labels": [{"label": "x", "score": 0.9}]} for the labels of a text with several, or the scores of all labels as [{"label": "x", "score": 0.9}, …] (Hugging Face). Entities: {"entities": [{"start": 0, "end": 5, "label": "x", "score": 0.9}]}, or the list alone, as Hugging Face has it (entity_group; or entity with B-/I- labels, which are joined). Scores may be left out. {"error": "…"} as an item says that there is no answer for this text.',
  )

export type HttpSettings = z.infer<typeof httpSettings>
