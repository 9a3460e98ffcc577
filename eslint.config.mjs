import * as fs from "node:fs";
import importX, { createNodeResolver } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

const HOST_KNOWLEDGE = [
  "Token",
  "Tokenization",
  "Fn",
  "Op",
  "Lazy",
  "TerraformIterator",
  "TerraformCount",
  "conditional",
  "propertyAccess",
  "ref",
];
const BARREL = {
  name: "@cdktf/provider-aws",
  message: "import @cdktf/provider-aws/lib/<resource>: the barrel costs 11 s",
};

/**
 * The table "Who may know whom" of docs/architecture.md. Each row: files, and what they may import beside their own folder
 * and packages. Where several rows are about a file, the last one holds.
 */
function whoMayKnowWhom() {
  const [, section] = fs.readFileSync("docs/architecture.md", "utf8").split("### Who may know whom");
  const rows = [...section.split("\n#")[0].matchAll(/^\| (`.*) \| (.*) \|$/gm)];
  const paths = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path]) => path);
  return rows.flatMap(([, who, whom]) => paths(who).map((files) => mayKnow(files, paths(whom))));
}

const mayKnow = (files, others) => ({
  files: [files.endsWith(".ts") ? files : `${files}/**/*.ts`],
  rules: {
    "import-x/no-restricted-paths": [
      "error",
      {
        zones: [
          {
            target: ".",
            from: ".",
            except: ["node_modules", files.replace(/\/[^/]*[*.].*$/, ""), ...others],
            message: `"Who may know whom" in docs/architecture.md does not let ${files} know this`,
          },
        ],
      },
    ],
  },
});

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      "dist/",
      "cdktf.out/",
      ".venv*/",
      ".sandbox/",
      ".browser/",
      "modules/",
      "examples/",
      "**/*.js",
      "**/*.mjs",
    ],
  },
  ...tseslint.configs.recommended,
  {
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js", ".json"] })],
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "no-restricted-imports": ["error", { paths: [BARREL] }],
    },
  },
  ...whoMayKnowWhom(),
  {
    files: ["constructs/**/*.ts"],
    ignores: ["constructs/hosting/**", "constructs/inputs/resolve.ts", "constructs/publishing/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            BARREL,
            {
              name: "cdktf",
              importNames: HOST_KNOWLEDGE,
              message: "only constructs/hosting knows that a construct has two hosts",
            },
          ],
        },
      ],
    },
  },
);
