import * as path from "node:path";

/**
 * The compiler that checks and compiles: TypeScript 7, whose native compiler takes a third of the time, and which a user's own project
 * gets today. The package `typescript` (5.9) is for those that use the compiler's API, which is unstable in 7: what environments/ and
 * constructs/publishing read of sources, and ESLint.
 */
export const TSC = path.join(__dirname, "..", "node_modules/typescript-7/bin/tsc");
