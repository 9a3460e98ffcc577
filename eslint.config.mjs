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

/** Who may not know whom (docs/architecture.md). */
const mayNotImport = (files, ...folders) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      {
        paths: [
          { name: "@cdktf/provider-aws", message: "import @cdktf/provider-aws/lib/<resource>: the barrel costs 11 s" },
        ],
        patterns: folders.map((folder) => ({
          regex: `^(\\.\\./)+${folder}(/|$)`,
          message: `see "Who may know whom" in docs/architecture.md`,
        })),
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
      "modules/",
      "examples/",
      "**/*.js",
      "**/*.mjs",
    ],
  },
  ...tseslint.configs.recommended,
  {
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-explicit-any": "error",
    },
  },
  {
    // Rules that need types cost most of the time: only where there are promises to forget.
    files: [
      "functions/**/*.ts",
      "sandbox/**/*.ts",
      "commands/**/*.ts",
      "scripts/**/*.ts",
      "__tests__/deployed/**/*.ts",
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
    },
  },
  mayNotImport(["functions/**/*.ts"], "constructs", "environments", "sandbox", "commands"),
  mayNotImport(["environments/**/*.ts"], "sandbox", "commands"),
  mayNotImport(["sandbox/**/*.ts"], "constructs", "functions", "environments"),
  mayNotImport(["commands/**/*.ts"], "constructs", "sandbox"),
  {
    files: ["constructs/**/*.ts"],
    ignores: ["constructs/hosting/**", "constructs/publishing/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "cdktf",
              importNames: HOST_KNOWLEDGE,
              message: "only constructs/hosting knows that a construct has two hosts",
            },
            {
              name: "@cdktf/provider-aws",
              message: "import @cdktf/provider-aws/lib/<resource>: the barrel costs 11 s",
            },
          ],
          patterns: [
            { regex: "^(\\.\\./)+(functions|sandbox|environments|commands)(/|$)", message: "see docs/architecture.md" },
          ],
        },
      ],
    },
  },
);
