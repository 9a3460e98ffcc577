/**
 * One file name suffix a kind of test, so that each kind can be run by itself (`npx jest --selectProjects unit`):
 *   *.test.ts          no network, no Terraform
 *   *.plan.test.ts     the real Terraform and AWS provider, offline
 *   *.server.test.ts   the sandbox's servers, without Terraform
 *   *.sandbox.test.ts  the shared deployment in the sandbox
 *   *.long.test.ts     any of these that takes minutes: fault matrices, oracles, mutants (`npm run test:long`)
 */
const kinds = {
  unit: "test",
  plan: "plan.test",
  server: "server.test",
  sandbox: "sandbox.test",
  long: "long.test",
};
/** What is made before a kind's first test, so that any test runs by itself on a clean checkout. */
const setups = { unit: "bundles", plan: "bundles", server: "sandbox", sandbox: "sandbox", long: "sandbox" };
const ROOTS = ["__tests__", "commands", "constructs", "environments", "functions", "prover", "sandbox", "scripts"];
const others = Object.values(kinds).filter((suffix) => suffix !== kinds.unit);

const project = (displayName, suffix) => ({
  displayName,
  globalSetup: `<rootDir>/__tests__/support/setup/${setups[displayName]}.ts`,
  // Jest lists every file below: the root has node_modules and Python environments, a hundred thousand files.
  roots: ROOTS.map((folder) => `<rootDir>/${folder}`),
  testEnvironment: "node",
  setupFilesAfterEnv: ["timeout", "properties"].map((name) => `<rootDir>/__tests__/support/setup/${name}.js`),
  moduleNameMapper: {
    "^\\..*/private/stack-trace$|^\\./stack-trace$": "<rootDir>/__tests__/support/setup/no-stack-trace.js",
  },
  transform: { "^.+\\.[tj]s$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  transformIgnorePatterns: ["/node_modules/"],
  testMatch: [`<rootDir>/__tests__/**/*.${suffix}.ts`],
  testPathIgnorePatterns: suffix === kinds.unit ? others.map((other) => `\\.${other.replace(".", "\\.")}\\.ts$`) : [],
});

module.exports = {
  testSequencer: "<rootDir>/__tests__/support/sequencer.js",
  reporters: ["default", "<rootDir>/__tests__/support/heartbeat.js"],
  projects: Object.entries(kinds).map(([name, suffix]) => project(name, suffix)),
};
