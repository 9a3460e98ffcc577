import * as fs from "node:fs";
import * as path from "node:path";

const LINK = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g;

/**
 * Makes every link of the documents in a folder one that can be followed there: what does not ship is named, as in the repository, in the
 * place of the link.
 */
export function closeLinks(folder: string): void {
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".md"))) {
    const place = path.join(folder, file);
    const text = fs.readFileSync(place, "utf8");
    const closed = text.replace(LINK, (link: string, image: string, says: string, target: string) => {
      if (leads(folder, file, target)) return link;
      const inRepository = targetOf(file, target)!;
      if (image !== "") return says;
      return says === inRepository
        ? `\`${inRepository}\` of the repository`
        : `${says} (\`${inRepository}\` of the repository)`;
    });
    if (closed !== text) fs.writeFileSync(place, closed);
  }
}

/** The file that a link of a document leads to, from the top; nothing where it leads into the document itself, or to another host. */
export function targetOf(document: string, link: string): string | undefined {
  const [file = ""] = link.split("#");
  return file === "" || /^[a-z]+:/.test(file) ? undefined : path.posix.join(path.posix.dirname(document), file);
}

/** Whether a link of a document in a folder leads to something there, a heading where it names one, or to another host. */
function leads(folder: string, document: string, link: string): boolean {
  const target = targetOf(document, link);
  if (target === undefined) return true;
  const place = path.join(folder, target);
  const [, anchor] = link.split("#");
  return fs.existsSync(place) && (anchor === undefined || anchorsIn(fs.readFileSync(place, "utf8")).includes(anchor));
}

/** Anchors of a document's headings, as Git hosts make them. */
export const anchorsIn = (document: string): string[] =>
  [...document.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, "")
      .replace(/ /g, "-"),
  );

/** Links of the documents in a folder that lead nowhere: none, once `closeLinks` was there. */
export const deadLinks = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) =>
      [...fs.readFileSync(path.join(folder, file), "utf8").matchAll(LINK)].flatMap(([, , , link]) =>
        leads(folder, file, link!) ? [] : [`${file}: ${link}`],
      ),
    );

/** What the documents in docs/ that ship with the npm package are about; help and messages of the program name them, too. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  "docs/cdktf.md": "a stack of one's own, with a `main.ts` to begin with",
  "docs/program.md": "the program: its commands, exit codes, and what each reads",
  "docs/policies.md": "what policies can refer to, how they decide, how to try and prove them",
  "docs/verify.md": "what `verify` looks at, what it makes with `--act`, and what it may",
};

/** The npm package's own README. The repository's is about a clone. */
export function packageReadme(version: string, constructs: readonly string[]): string {
  const rows = Object.entries(DOCUMENTS).map(([file, about]) => `- [${file}](${file}): ${about}`);
  return `# SageMaker data access as code ${version}

Who may subscribe to data in Amazon DataZone (SageMaker Unified Studio's catalog), by Cedar policies, and who may read and write which S3 prefix
from SageMaker Studio, by S3 Access Grants. The package has

- the program \`sagemaker-data-access\`, which needs nothing else: \`npx sagemaker-data-access --help\`;
- CDKTF constructs, \`sagemaker-data-access/<name>\`, with the functions that they deploy. They need cdktf, constructs and
  @cdktf/provider-aws. Begin with \`subscription-approval\` or \`studio-access\`; all are: ${constructs.join(", ")};
- policy sets to start from, and what policies may refer to: \`policies/\`.

${rows.join("\n")}

What has changed is in [CHANGELOG.md](CHANGELOG.md); the license is Apache-2.0, [LICENSE](LICENSE).
`;
}
