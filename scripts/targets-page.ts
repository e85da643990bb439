/** The reference page of targets: each kind’s settings, and what is sent to a model and read from it. */
import { z } from 'zod'
import { membersOf } from '../src/cli/plugin-text.ts'
import type { Task } from '../src/model/example.ts'
import { isFailed } from '../src/model/prediction.ts'
import { answerSettings } from '../src/targets/answer-settings.ts'
import { httpSettings } from '../src/targets/http/settings.ts'
import { answersIn, requestBody } from '../src/targets/http/shapes.ts'
import { command, http, model, predictions, provider } from '../src/targets/index.ts'
import type { TargetSettings } from '../src/targets/open-target.ts'
import { readAnswer } from '../src/targets/read-answer.ts'
import { markdownTable } from '../src/text/markdown.ts'
import { parameterTable } from './parameter-table.ts'

/** In short, of every kind there is. */
const options: Record<TargetSettings['kind'], string> = {
  model: '--model intents',
  http: '--url http://127.0.0.1:8000/predict --key-env MODEL_KEY',
  command: '--command "python3 predict.py"',
  predictions: '--predictions predicted.csv',
  provider: '--provider gpt',
}

const texts: Record<Task, string> = {
  classification: 'Where is my card?',
  entities: 'Ada Lovelace lives in Paris.',
}

/** Answers for one text, in every shape that is read. */
const answers: Record<Task, [shape: string, answer: unknown][]> = {
  classification: [
    ['the label, with its probability', { label: 'card_arrival', score: 0.93 }],
    ['the label alone', 'card_arrival'],
    [
      'the labels of a text with several; none: `[]`',
      {
        labels: [
          { label: 'card_arrival', score: 0.93 },
          { label: 'urgent', score: 0.71 },
        ],
      },
    ],
    [
      'the scores of all labels (Hugging Face): the surest, or those from `threshold` on',
      [
        { label: 'card_lost', score: 0.05 },
        { label: 'card_arrival', score: 0.93 },
        { label: 'urgent', score: 0.02 },
      ],
    ],
    [
      'the same as two lists (Hugging Face, zero-shot)',
      { labels: ['card_lost', 'card_arrival', 'urgent'], scores: [0.05, 0.93, 0.02] },
    ],
  ],
  entities: [
    [
      'entities; the end is exclusive',
      {
        entities: [
          { start: 0, end: 12, label: 'PER', score: 0.98 },
          { start: 22, end: 27, label: 'LOC' },
        ],
      },
    ],
    [
      'the list alone; lists of three',
      [
        [0, 12, 'PER'],
        [22, 27, 'LOC'],
      ],
    ],
    [
      'grouped (Hugging Face)',
      [
        { entity_group: 'PER', score: 0.98, word: 'Ada Lovelace', start: 0, end: 12 },
        { entity_group: 'LOC', score: 0.99, word: 'Paris', start: 22, end: 27 },
      ],
    ],
    [
      'tokens with B- and I- (Hugging Face), joined; the score is the mean',
      [
        { entity: 'B-PER', score: 0.99, word: 'Ada', start: 0, end: 3 },
        { entity: 'I-PER', score: 0.97, word: 'Love', start: 4, end: 8 },
        { entity: 'I-PER', score: 0.98, word: '##lace', start: 8, end: 12 },
        { entity: 'B-LOC', score: 0.99, word: 'Paris', start: 22, end: 27 },
      ],
    ],
  ],
}

export function targetsPage(notice: string): string {
  return [
    '# Targets',
    notice,
    'A target is the model under test: what `cultivar models test`, `models predict` and `suites run` put texts to. Options name one in short; `--target FILE` reads a YAML or JSON file with all settings, for which `kind` says what they are. Paths in the file, and the program of a command, are looked up from its folder. [Test any model](../guides/test-any-model.md) shows each at work.',
    '```yaml\n# target.yaml\nkind: http\nurl: http://127.0.0.1:8000/predict\nbatch: 64\ntimeoutMs: 20000\nlabels: { LABEL_0: negative, LABEL_1: positive }\n```',
    'What goes wrong with some texts costs only these: a text without a usable answer neither passes nor fails a test, the report counts it as an error and says why, and a test passes only if its rate would reach the minimum had all of these failed. A label that the project does not have, a score that is no probability, a span outside the text or across another make an answer unusable. A target that answers nothing at all ends the command with exit code 5.',
    ...section(model),
    ...section(http),
    ...httpText(),
    ...section(command),
    ...commandText(),
    ...section(predictions),
    'Columns are found by their names; case and punctuation of the names do not count. For classification:',
    '```csv\ntext,predicted,score\nWhere is my card?,card_arrival,0.93\n```',
    'For entities, as `cultivar models predict` writes them:',
    '```json\n{"text":"Ada Lovelace lives in Paris.","entities":[{"start":0,"end":12,"label":"PER","score":0.98}]}\n```',
    'A column `label` is taken for the right label, and never for the prediction.',
    ...section(provider),
    'One question a text; equal texts are asked about once, and a reply that is in the ledger is not paid again. A reply that names a label out of the list, or words that do not stand in the text, is asked for again; what stays wrong has no answer. It gives no scores, so that its calibration cannot be told.',
    '## How answers are read',
    `The answer for one text, from an endpoint, a command or a file: the shape is found out by itself. Below, for “${texts.classification}” and “${texts.entities}”.`,
    ...answerTables(),
    'Settings by which they are read, of the kinds `http`, `command` and `predictions`:',
    parameterTable(membersOf(schemaOf(z.strictObject(answerSettings)))),
    'Scores may be left out; then nothing can be said of calibration. `{"error": "…"}`, or nothing at all, is no answer.',
  ]
    .join('\n\n')
    .concat('\n')
}

/** Settings by which answers are read have a table of their own. */
function section({ kind, summary, settings }: { kind: string; summary: string; settings: z.ZodObject }): string[] {
  const option = options[kind as TargetSettings['kind']]
  const schema = schemaOf(settings)
  const own = membersOf(schema).filter(({ name }) => name !== 'kind' && !ownsTable(settings, name))
  return [
    `## ${kind}`,
    `${summary}: \`${option}\`.`,
    parameterTable(own),
    ...('threshold' in settings.shape
      ? ['And `labels`, `threshold` and `offsets`: [how answers are read](#how-answers-are-read).']
      : []),
    ...(schema.description === undefined ? [] : [schema.description.replaceAll('<', '\\<')]),
  ]
}

function ownsTable(settings: z.ZodObject, name: string): boolean {
  return 'threshold' in settings.shape && name in answerSettings
}

function schemaOf(settings: z.ZodObject) {
  return z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' })
}

function httpText(): string[] {
  const two = ['Where is my card?', 'I lost my phone']
  const bodies = (['texts', 'inputs', 'one'] as const).map(body =>
    requestBody(httpSettings.parse({ kind: 'http', url: 'http://localhost', body }), two),
  )
  const answer = {
    predictions: [
      { label: 'card_arrival', score: 0.93 },
      { label: 'phone_lost', score: 0.88 },
    ],
  }
  const tagged = { predictions: [{ entities: [{ start: 0, end: 12, label: 'PER', score: 0.98 }] }, { entities: [] }] }
  assertRead(answersIn(answer, 2, 'classification'))
  assertRead(answersIn(tagged, 2, 'entities'))
  return [
    '`body` says what is sent, with `content-type: application/json`:',
    markdownTable(
      ['body', 'request'],
      ['texts', 'inputs', 'one'].map((body, at) => [`\`${body}\``, `\`${bodies[at]}\``]),
    ),
    'The answer for two texts, classified or with entities:',
    `\`\`\`json\n${JSON.stringify(answer)}\n${JSON.stringify(tagged)}\n\`\`\``,
    '`{"predictions": …}` may be left out: the list alone will do. An endpoint of Hugging Face is read as it is, with `body: inputs`.',
    'A batch that fails is asked for again text by text, so that a text that the model cannot take costs only itself. Where the server says when to come back (`Retry-After`), it is waited for, up to five minutes. Redirects are followed on the same origin only. Keys stay out of messages and reports. A wrong key, path or certificate ends the work at once.',
  ]
}

function commandText(): string[] {
  return [
    '```json\n{"id":0,"text":"Where is my card?"}\n{"id":1,"text":"I lost my phone"}\n```',
    'comes in, and out goes:',
    '```json\n{"id":0,"label":"card_arrival","score":0.93}\n{"id":1,"error":"too short"}\n```',
    'The program is started once for each list of texts, and ended with all that it started when the list is answered. What it writes to its standard error is shown where answers are missing.',
  ]
}

/** Each example is read by the very code that reads answers: the page shows what comes of it. */
function answerTables(): string[] {
  return (['classification', 'entities'] as const).map(task =>
    markdownTable(
      ['', 'answer', 'read as'],
      answers[task].map(([shape, answer]) => [shape, `\`${JSON.stringify(answer)}\``, readAs(task, answer)]),
    ),
  )
}

function readAs(task: Task, answer: unknown): string {
  const read = readAnswer(answer, texts[task], { task, labels: {}, offsets: 'code-points' })
  if (isFailed(read)) throw new Error(`An example of the page cannot be read: ${read.failed.message}`)
  const scored = ({ label, score }: { label: string; score?: number }) =>
    score === undefined ? label : `${label} ${Number(score.toFixed(3))}`
  return task === 'classification'
    ? read.labels.map(scored).join(', ')
    : read.entities.map(entity => `${texts[task].slice(entity.start, entity.end)}: ${scored(entity)}`).join(', ')
}

function assertRead(read: ReturnType<typeof answersIn>): void {
  if ('wrong' in read) throw new Error(`An example of the page cannot be read: ${read.wrong}`)
}
