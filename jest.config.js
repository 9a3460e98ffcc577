/**
 * One file name suffix a kind of test, so that each kind can be run by itself (`npx jest --selectProjects unit`):
 *   *.test.ts          no network, no Terraform
 *   *.plan.test.ts     the real Terraform and AWS provider, offline
 *   *.server.test.ts   the sandbox's servers, without Terraform
 *   *.sandbox.test.ts  the shared deployment in the sandbox
 */
const kinds = { unit: "test", plan: "plan.test", server: "server.test", sandbox: "sandbox.test" };

const project = (displayName, suffix) => ({
  displayName,
  testEnvironment: "node",
  transform: { "^.+\\.[tj]s$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  transformIgnorePatterns: ["/node_modules/"],
  testMatch: [`<rootDir>/__tests__/**/*.${suffix}.ts`],
  testPathIgnorePatterns: suffix === "test" ? ["\\.(plan|server|sandbox)\\.test\\.ts$"] : [],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/dist", "<rootDir>/.sandbox"],
});

module.exports = { projects: Object.entries(kinds).map(([name, suffix]) => project(name, suffix)) };
