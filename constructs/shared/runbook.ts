/** What an alarm means, and what to do about it, in order. */
export interface Page {
  readonly means: string;
  readonly steps: readonly Step[];
}

/** What to do, and the command for it. */
type Step = readonly [what: string, command: string];

export const page = (means: string, ...steps: readonly Step[]): Page => ({ means, steps });

/** What an alarm's description says, which operators get by mail: CloudWatch takes 1,024 characters, so it is the first step. */
export const firstStep = ({ means, steps: [first] }: Page, where = "runbook"): string =>
  `${means}. ${first![0]}: ${first![1]} (all steps: the output ${where})`;

/** A page as Markdown. */
export const asMarkdown = ({ means, steps }: Page): string =>
  [`${means}.`, ...steps.map(([what, command], i) => `${i + 1}. ${what}:\n\n       ${command}`)].join("\n\n") + "\n";
