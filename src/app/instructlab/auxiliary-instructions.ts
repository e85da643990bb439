/** What a trained model is asked for when the answer is a variant of a passage: its summary, its facts, its corrected text. */

const instructions: Record<string, string[]> = {
  spellcheck: [
    'Correct the spelling and grammar of the text above.',
    'Give the text above without its typing mistakes.',
    'Proofread the document, and write it out as it should be.',
    'Write the passage again with every spelling mistake put right.',
  ],
  summary_detailed: [
    'Summarise the text above in detail.',
    'Write a thorough summary of this document.',
    'What does the passage say? Keep everything that matters.',
    'Retell the document at length, in your own words.',
  ],
  summary_extractive: [
    'Pick the sentences that carry the document, as they stand.',
    'Quote the most important sentences of the text above.',
    'Which sentences of this passage would you underline?',
    'Give an extract of the document, in its own sentences.',
  ],
  summary_atomic_facts: [
    'List the facts of the text above, one by one.',
    'Which single facts does this document state?',
    'Break the passage down into statements that each say one thing.',
    'Write down every fact of the document on a line of its own.',
  ],
}

/** Ways to ask for a variant; for one that a user named, by its name. */
export function instructionsFor(variant: string): string[] {
  return instructions[variant] ?? [`Write the document above again, as: ${variant.replaceAll(/[_-]+/g, ' ')}.`]
}
