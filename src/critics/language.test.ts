/** `language` on short sentences of everyday life, each said in nine languages. */
import { expect, it } from 'vitest'
import type { Json } from '../model/json.ts'
import { project as projectSchema } from '../model/project.ts'
import type { StoredRecord } from '../model/record.ts'
import { randomStream } from '../stats/random-stream.ts'
import { criticLaws } from '../testing/critic-laws.ts'
import { language } from './language.ts'

/** One a line. */
const sentences: Record<string, string[]> = split({
  en: `
    Where is my new card?
    I forgot my password yesterday.
    The train to Bristol leaves later today.
    Could you send me the bill once more?
    The food was cold and the waiter was rude.
    It is going to rain all day tomorrow.
    Why was I charged twice?
    The children are playing behind the house.
    The printer has stopped working again.
    My father has worked at the hospital for twenty years.
    I want to cancel my contract.
    The hotel was right by the beach.
    Which papers do I need for the application?
    Hard to believe how expensive bread has become.
    Good morning, is there a table left?
  `,
  de: `
    Wo bleibt meine neue Karte?
    Ich habe gestern mein Passwort vergessen.
    Der Zug nach Hamburg fährt heute später ab.
    Können Sie mir bitte die Rechnung noch einmal schicken?
    Das Essen war kalt und der Kellner unfreundlich.
    Morgen soll es den ganzen Tag regnen.
    Warum wurde mir zweimal Geld abgebucht?
    Die Kinder spielen hinter dem Haus.
    Leider funktioniert der Drucker schon wieder nicht.
    Mein Vater arbeitet seit zwanzig Jahren im Krankenhaus.
    Bitte kündigen Sie meinen Vertrag.
    Das Hotel lag direkt am Strand, sehr zu empfehlen!
    Welche Unterlagen brauche ich für den Antrag?
    Kaum zu glauben, wie teuer Brot geworden ist.
    Guten Morgen, ist noch ein Tisch frei?
  `,
  fr: `
    Où est ma nouvelle carte ?
    J'ai oublié mon mot de passe hier soir.
    Le train pour Lyon partira avec du retard.
    Pourriez-vous m'envoyer la facture encore une fois ?
    Le repas était froid et le serveur désagréable.
    Il va pleuvoir toute la journée demain.
    Pourquoi ai-je été débité deux fois ?
    Les enfants jouent derrière la maison.
    L'imprimante ne marche toujours pas.
    Mon père travaille à l'hôpital depuis vingt ans.
    Je souhaite résilier mon abonnement.
    L'hôtel était juste à côté de la plage.
    Quels documents faut-il pour la demande ?
    C'est fou comme le pain est devenu cher.
    Bonjour, avez-vous une table libre ?
  `,
  es: `
    ¿Dónde está mi tarjeta nueva?
    Ayer olvidé mi contraseña.
    El tren a Sevilla saldrá con retraso.
    ¿Me puede enviar la factura otra vez?
    La comida estaba fría y el camarero fue grosero.
    Mañana va a llover todo el día.
    ¿Por qué me han cobrado dos veces?
    Los niños juegan detrás de la casa.
    La impresora sigue sin funcionar.
    Mi padre trabaja en el hospital desde hace veinte años.
    Quiero cancelar mi contrato.
    El hotel estaba al lado de la playa.
    ¿Qué documentos necesito para la solicitud?
    Es increíble lo caro que está el pan.
    Buenos días, ¿queda alguna mesa libre?
  `,
  pt: `
    Onde está o meu cartão novo?
    Ontem esqueci a minha senha.
    O comboio para o Porto vai sair atrasado.
    Pode enviar-me a fatura outra vez?
    A comida estava fria e o empregado foi mal-educado.
    Amanhã vai chover o dia inteiro.
    Por que me cobraram duas vezes?
    As crianças brincam atrás da casa.
    A impressora continua sem funcionar.
    O meu pai trabalha no hospital há vinte anos.
    Quero cancelar o meu contrato.
    O hotel ficava mesmo ao lado da praia.
    Que documentos preciso para o pedido?
    É incrível como o pão ficou caro.
    Bom dia, ainda há alguma mesa livre?
  `,
  nl: `
    Waar blijft mijn nieuwe kaart?
    Ik ben gisteren mijn wachtwoord vergeten.
    De trein naar Utrecht vertrekt vandaag later.
    Kunt u mij de rekening nog een keer sturen?
    Het eten was koud en de ober onvriendelijk.
    Morgen gaat het de hele dag regenen.
    Waarom is er twee keer geld afgeschreven?
    De kinderen spelen achter het huis.
    De printer doet het alweer niet.
    Mijn vader werkt al twintig jaar in het ziekenhuis.
    Ik wil graag mijn contract opzeggen.
    Het hotel lag vlak aan het strand.
    Welke papieren heb ik nodig voor de aanvraag?
    Niet te geloven hoe duur brood geworden is.
    Goedemorgen, is er nog een tafel vrij?
  `,
  pl: `
    Gdzie jest moja nowa karta?
    Wczoraj zapomniałem hasła.
    Pociąg do Krakowa odjedzie dziś później.
    Czy mogą państwo przysłać mi rachunek jeszcze raz?
    Jedzenie było zimne, a kelner niemiły.
    Jutro ma padać przez cały dzień.
    Dlaczego pobrano pieniądze dwa razy?
    Dzieci bawią się za domem.
    Drukarka znowu nie działa.
    Mój ojciec pracuje w szpitalu od dwudziestu lat.
    Chcę rozwiązać umowę.
    Hotel stał tuż przy plaży.
    Jakie dokumenty są potrzebne do wniosku?
    Aż trudno uwierzyć, jak drogi jest chleb.
    Dzień dobry, czy jest jeszcze wolny stolik?
  `,
  ru: `
    Где моя новая карта?
    Вчера я забыл свой пароль.
    Поезд в Казань сегодня отправится позже.
    Не могли бы вы прислать счёт ещё раз?
    Еда была холодной, а официант грубым.
    Завтра весь день будет дождь.
    Почему деньги списали дважды?
    Дети играют за домом.
    Принтер опять не работает.
    Мой отец двадцать лет работает в больнице.
    Хочу расторгнуть договор.
    Гостиница стояла прямо у моря.
    Какие документы нужны для заявления?
    Трудно поверить, как подорожал хлеб.
    Доброе утро, есть ли свободный столик?
  `,
  ja: `
    新しいカードはどこですか。
    昨日パスワードを忘れました。
    京都行きの電車は遅れて出発します。
    請求書をもう一度送っていただけますか。
    料理は冷めていて、店員も不親切でした。
    明日は一日中雨が降るそうです。
    なぜ二回も引き落とされたのですか。
    子どもたちは家の裏で遊んでいます。
    プリンターがまた動きません。
    父は二十年前から病院で働いています。
    契約を解約したいです。
    ホテルは海のすぐそばにありました。
    申請にはどの書類が必要ですか。
    パンがこんなに高くなったなんて。
    おはようございます、席は空いていますか。
  `,
})

function split(texts: Record<string, string>): Record<string, string[]> {
  const lines = (text: string) =>
    text
      .trim()
      .split('\n')
      .map(line => line.trim())
  return Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, lines(text)]))
}

const project = projectSchema.parse({ name: 'talk' })

function record(text: string, changes: Partial<StoredRecord> = {}): StoredRecord {
  return {
    ...{ id: 'r', project: 'talk', position: 0, outcome: 'imported', status: 'pending', split: 'train', tags: [] },
    ...{ cell: 'all', verdicts: [], run: null, unit: null, item: null, source: null, createdMs: 0 },
    ...{ fields: { text }, labels: [], spans: [], ...changes },
  }
}

async function plan(input: object, records: StoredRecord[] = []) {
  return language.plan!({
    ...{ params: language.params.parse(input), project, cells: ['all'], random: randomStream('language') },
    async *records() {
      yield* records
    },
    readText: path => Promise.reject(new Error(`no file ${path}`)),
  })
}

async function open(input: object, records: StoredRecord[] = []) {
  if (language.phase !== 'pure') throw new TypeError('language judges by the candidate alone')
  const material = await plan(input, records)
  const critic = language.open({ params: language.params.parse(input), material, project, cells: ['all'] })
  return (content: string | Record<string, Json>) => {
    const fields = typeof content === 'string' ? { text: content } : content
    return critic.judge({ fields, labels: [], spans: [], cell: 'all', index: 0, verdicts: [] })
  }
}

it.each(criticLaws({ critic: language, params: [{ languages: ['en'] }, { languages: ['de', 'ja'] }] }))(
  '$title',
  ({ check }) => check(),
)

it.each(Object.keys(sentences))('knows %s from the other languages, sentence by sentence', async wanted => {
  const judge = await open({ languages: [wanted] })
  for (const [spoken, texts] of Object.entries(sentences)) {
    for (const text of texts) expect([text, judge(text).pass]).toEqual([text, spoken === wanted])
  }
})

it('accepts every wanted language, and names those wanted and the one it found', async () => {
  const judge = await open({ languages: ['en', 'de'] })
  expect(judge('Wo ist meine neue Karte?').pass).toBe(true)
  expect(judge('Where is my new card?').pass).toBe(true)
  const verdict = judge('Où est ma nouvelle carte ?')
  expect(verdict).toMatchObject({ pass: false, reason: 'reads as French, not English or German' })
  expect(verdict.score).toBeLessThan(-1.2)
})

it.each([
  ['en', 'да', 'is written in Cyrillic letters, not in English'],
  ['en', '谢谢', 'is written in Han letters, not in English'],
  ['zh', 'ありがとう', 'is written in Hiragana letters, not in Chinese'],
  ['ru', 'please call me back', 'is written in Latin letters, not in Russian'],
])('rejects another script even where there is little of it: %s, %j', async (wanted, text, reason) => {
  expect((await open({ languages: [wanted] }))(text).reason).toBe(reason)
})

it.each([
  ['de', 'ok'],
  ['ja', 'OK'],
  ['de', '12 € / 4.50 kg'],
  ['de', '🙂🙂🙂'],
  ['de', 'const x = await fetch(url); if (!x.ok) return null'],
  ['de', 'Das läuft leider nicht:\n```\nfor name in names: print("hello there my dear friend")\n```'],
  ['de', 'Siehe https://example.com/where-is-my-new-card-please'],
  ['de', 'Hazel Whitcombe, Rufus Oakley, Dorothy Lightfoot'],
  ['en', 'Johann Schmidt, Friedrichstraße 12, 10117 Berlin'],
  ['en', 'The word привет means hello'],
  ['zh', '请打开 Settings 然后点击 General 里的 About'],
  ['ru', 'Поставил Windows Server, не работает Remote Desktop'],
  ['id', 'Di mana kartu baru saya?'],
  ['sr', 'Gdje je moja nova kartica?'],
])('is not misled by what is in no language, or by names: %s, %j', async (wanted, text) => {
  expect((await open({ languages: [wanted] }))(text)).toMatchObject({ pass: true })
})

it('reads a long text whole', async () => {
  const judge = await open({ languages: ['de'] })
  const begin = sentences['de']!.slice(0, 3).join(' ')
  expect(judge(`${begin} ${sentences['en']!.join(' ')}`).pass).toBe(false)
  expect(judge(`${begin} ${sentences['en']![0]}`).pass).toBe(true)
})

it('looks at each text field by itself, or at the chosen ones', async () => {
  const fields = { question: 'Where is my new card?', answer: 'Sie wurde gestern verschickt.', amount: 3 }
  expect((await open({ languages: ['en'] }))(fields).reason).toBe('field `answer` reads as German, not English')
  expect((await open({ languages: ['en'], fields: ['question'] }))(fields).pass).toBe(true)
})

it('wants the languages of the training records if it is told none', async () => {
  const [en, de, fr] = ['en', 'de', 'fr'].map(code => sentences[code]!.map(text => record(text)))
  expect(await plan({}, [...de!, ...en!])).toEqual(['de', 'en'])
  expect(await plan({}, [...en!, ...fr!.map(text => ({ ...text, split: 'test' as const }))])).toEqual(['en'])
  expect(await plan({}, [...en!, ...fr!.map(text => ({ ...text, outcome: 'kept' as const }))])).toEqual(['en'])
  expect(await plan({}, Array(30).fill(en!).flat().concat(fr!))).toEqual(['en'])
  // None says much by itself.
  expect(await plan({ margin: 50 }, en!)).toEqual(['en'])
})

it('asks for the languages where it cannot find them, and refuses one it does not know', async () => {
  await expect(plan({}, [record('12'), record('Where is my card?', { split: 'test' })])).rejects.toMatchObject({
    code: 'bad-recipe',
    hint: expect.stringContaining('languages: [en]'),
  })
  await expect(plan({ languages: ['english'] })).rejects.toMatchObject({
    message: 'Critic “language” cannot recognise “english”.',
    hint: expect.stringContaining(' de, '),
  })
})
