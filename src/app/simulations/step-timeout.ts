/** How long a step of a model may take, unless somebody says otherwise. */
export const usualStepTimeoutMs = 60_000
