/** What a commit means for those who use the product. */
export interface Change {
  readonly type: string;
  readonly scope?: string;
  readonly breaking: boolean;
  readonly text: string;
}

/** The types of commits that users notice, each with its heading in CHANGELOG.md. */
const HEADINGS: Readonly<Record<string, string>> = { feat: "Added", fix: "Fixed", perf: "Faster" };

/** Reads a commit's message, written as Conventional Commits have it; other messages say nothing to users. */
export function parse(message: string): Change | undefined {
  const [, type, scope, bang, text] = /^(\w+)(?:\(([^)]+)\))?(!)?: (.+)/.exec(message) ?? [];
  if (type === undefined || text === undefined) return undefined;
  return {
    type,
    ...(scope !== undefined && { scope }),
    breaking: bang !== undefined || /^BREAKING CHANGE: /m.test(message),
    text,
  };
}

/**
 * The next version by Semantic Versioning. Before 1.0.0 a breaking change makes a minor release: SemVer allows that,
 * and npm reads `^0.x` that way.
 *
 * @returns undefined where nothing changed for users
 */
export function next(version: string, changes: readonly Change[]): string | undefined {
  const [major, minor, patch] = version.split(".").map(Number) as [number, number, number];
  if (changes.some(({ breaking }) => breaking)) return major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
  if (changes.some(({ type }) => type === "feat")) return `${major}.${minor + 1}.0`;
  return changes.some(({ type }) => type in HEADINGS) ? `${major}.${minor}.${patch + 1}` : undefined;
}

/** The section of a release in CHANGELOG.md. */
export function section(version: string, date: string, changes: readonly Change[]): string {
  const line = ({ scope, text }: Change): string => `- ${scope === undefined ? "" : `**${scope}**: `}${text}`;
  const groups: Array<[string, readonly Change[]]> = [
    ["Breaking", changes.filter(({ breaking }) => breaking)],
    ...Object.entries(HEADINGS).map(([type, heading]): [string, readonly Change[]] => [
      heading,
      changes.filter((change) => change.type === type && !change.breaking),
    ]),
  ];
  const written = groups
    .filter(([, some]) => some.length > 0)
    .map(([heading, some]) => `### ${heading}\n\n${some.map(line).join("\n")}`);
  return `## ${version} (${date})\n\n${written.join("\n\n")}\n`;
}

/** CHANGELOG.md with a release in it: what people have written under "Unreleased" opens its section. */
export function withRelease(changelog: string, notes: string): string {
  const [, before, written, after = ""] = /^([^]*?## Unreleased\n)([^]*?)(\n## [^]*)?$/.exec(changelog) ?? [];
  if (before === undefined || written === undefined) throw new Error('CHANGELOG.md has no heading "## Unreleased"');
  const [heading, ...groups] = notes.split("\n\n");
  return `${[before.trimEnd(), heading, written.trim(), ...groups].filter(Boolean).join("\n\n")}${after}`;
}
