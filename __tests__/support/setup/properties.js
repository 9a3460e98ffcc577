// Property tests draw the same cases in every run, so that a change is red for what it changed. SEED=random draws others, SEED=<number>
// those of a run that failed; a case that was found so becomes a test of its own.
const fc = require("fast-check");

const { SEED = "1" } = process.env;
if (SEED !== "random") fc.configureGlobal({ seed: Number(SEED) });
